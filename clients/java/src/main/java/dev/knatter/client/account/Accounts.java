package dev.knatter.client.account;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import dev.knatter.client.api.Api;
import dev.knatter.client.http.Call;
import dev.knatter.client.http.NoAnswerException;
import dev.knatter.client.http.ProblemException;
import dev.knatter.client.http.SessionEndedException;
import org.jspecify.annotations.Nullable;

/**
 * Accounts and sessions. Every method throws {@link ProblemException} where the server refuses, {@link NoAnswerException}
 * where no answer comes, and {@link SessionEndedException} where somebody must log in first.
 */
public final class Accounts {
  private final Api api;

  public Accounts(Api api) {
    this.api = api;
  }

  /**
   * Creates an account, and opens no session. It is not tried again when the connection breaks: then {@code username-taken}
   * may mean the first attempt, so log in.
   */
  public Account register(NewAccount account) {
    return api.read(
        Call.post("/v1/register", account).withoutSession().expecting(201).repeatedOnlyWhenRefused(),
        Account.class);
  }

  /** The caller's open sessions, the newest first. */
  public List<OpenSession> sessions() {
    return List.copyOf(api.read(Call.get("/v1/sessions"), Sessions.class).sessions());
  }

  private record Sessions(List<OpenSession> sessions) {}

  /** Ends one of the caller's sessions. One that is not there is as good as ended. */
  public void endSession(UUID sessionId) {
    api.run(Call.delete(Call.path("/v1/sessions/", sessionId, "")));
  }

  /** The public keys that verify access tokens. */
  public JwkSet keys() {
    return api.read(Call.get("/.well-known/jwks.json").withoutSession(), JwkSet.class);
  }

  /**
   * Changes the password and ends the other sessions. It is not tried again when the connection breaks: the password may be the
   * new one by then.
   */
  public void changePassword(String current, String next) {
    api.run(Call.put("/v1/me/password", Map.of("current", current, "new", next)).repeatedOnlyWhenRefused());
  }

  /**
   * Closes the account for ever, and removes what its owner said. It is not tried again when the connection breaks.
   *
   * @param password required where the account has one
   */
  public Erasure erase(@Nullable String password) {
    return api.read(
        Call.post("/v1/me/erase", password == null ? Map.of() : Map.of("password", password))
          .expecting(202)
          .repeatedOnlyWhenRefused(),
        Erasure.class);
  }

  /** How far an erasure is. Needs no session. */
  public Erasure erasure(UUID erasureId) {
    return api.read(Call.get(Call.path("/v1/erasures/", erasureId, "")).withoutSession(), Erasure.class);
  }

  /**
   * Reads everything that is stored about the caller, as lines of JSON, up to the line {@code end}. Where the connection
   * breaks it goes on after the last cursor; so a message may come twice.
   *
   * @param after a cursor to go on from; null for all
   * @param lines takes each line
   */
  public void export(@Nullable String after, Consumer<ExportLine> lines) {
    new Export(api).read(after, lines);
  }
}
