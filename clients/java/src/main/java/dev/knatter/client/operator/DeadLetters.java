package dev.knatter.client.operator;

import java.util.UUID;

import dev.knatter.client.api.Api;
import dev.knatter.client.http.Call;
import dev.knatter.client.http.NoAnswerException;
import dev.knatter.client.http.ProblemException;
import dev.knatter.client.http.SessionEndedException;
import org.jspecify.annotations.Nullable;

/**
 * Events that could not be delivered, for operators. Every method throws {@link ProblemException} where the server refuses,
 * {@link NoAnswerException} where no answer comes, and {@link SessionEndedException} where somebody must log in first.
 */
public final class DeadLetters {
  private static final String PATH = "/v1/dead-letters";

  private final Api api;

  public DeadLetters(Api api) {
    this.api = api;
  }

  /** @param before the {@code next} of the page before; null for the first one */
  public DeadLetterPage page(int limit, @Nullable String before) {
    return api.read(Call.get(PATH).query("limit", limit).query("before", before), DeadLetterPage.class);
  }

  public DeadLetter get(UUID id) {
    return api.read(Call.get(of(id, "")), DeadLetter.class);
  }

  public void delete(UUID id) {
    api.run(Call.delete(of(id, "")));
  }

  /** Posts one to the broker again. */
  public void retry(UUID id) {
    api.run(Call.post(of(id, "/retry"), null).expecting(202));
  }

  /**
   * Posts many again.
   *
   * @param type of the events; null for all
   * @param before the {@code next} of the answer before; null to begin
   */
  public Retried retryMany(@Nullable String type, @Nullable String before) {
    return api.read(Call.post(PATH + "/retry", new Retry(type, before)), Retried.class);
  }

  private record Retry(@Nullable String type, @Nullable String before) {}

  private static String of(UUID id, String more) {
    return PATH + "/" + id + more;
  }
}
