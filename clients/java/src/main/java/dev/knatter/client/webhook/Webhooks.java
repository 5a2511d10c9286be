package dev.knatter.client.webhook;

import java.util.List;
import java.util.UUID;

import dev.knatter.client.api.Api;
import dev.knatter.client.http.Call;
import dev.knatter.client.http.NoAnswerException;
import dev.knatter.client.http.ProblemException;
import dev.knatter.client.http.SessionEndedException;

/**
 * The caller's webhooks. Every method throws {@link ProblemException} where the server refuses, {@link NoAnswerException}
 * where no answer comes, and {@link SessionEndedException} where somebody must log in first.
 */
public final class Webhooks {
  private static final String PATH = "/v1/webhooks";

  private final Api api;

  public Webhooks(Api api) {
    this.api = api;
  }

  /** Creates one. Its secret is in this answer and in no other. */
  public Webhook create(NewWebhook webhook) {
    return api.read(Call.post(PATH, webhook).expecting(201).once(), Webhook.class);
  }

  public List<Webhook> list() {
    return List.copyOf(api.read(Call.get(PATH), WebhookList.class).webhooks());
  }

  private record WebhookList(List<Webhook> webhooks) {}

  public Webhook change(UUID id, WebhookChange change) {
    return api.read(Call.patch(of(id, ""), change), Webhook.class);
  }

  public void delete(UUID id) {
    api.run(Call.delete(of(id, "")));
  }

  /** Gives it another secret. It is not tried again: each attempt makes one, and there are four in a day. */
  public Webhook rotate(UUID id) {
    return api.read(Call.post(of(id, "/rotate"), null).repeatedOnlyWhenRefused(), Webhook.class);
  }

  /** The newest 100 of three days. */
  public List<Delivery> deliveries(UUID id) {
    return List.copyOf(api.read(Call.get(of(id, "/deliveries")), Deliveries.class).deliveries());
  }

  private record Deliveries(List<Delivery> deliveries) {}

  /** Sends a test event now, and says what became of it. */
  public TestDelivery test(UUID id) {
    return api.read(Call.post(of(id, "/test"), null).repeatedOnlyWhenRefused(), TestDelivery.class);
  }

  private static String of(UUID id, String more) {
    return PATH + "/" + id + more;
  }
}
