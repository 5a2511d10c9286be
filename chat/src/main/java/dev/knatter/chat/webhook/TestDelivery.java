package dev.knatter.chat.webhook;

import java.time.Clock;
import java.util.UUID;

import dev.knatter.shared.DomainError.NotFound;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;

/** Sends a test event to a webhook because its owner asks for it. It is not tried again, and disables nothing. */
public final class TestDelivery {
  private final Clock clock;
  private final Uuid7 ids;
  private final Webhooks webhooks;
  private final WebhookSender sender;
  private final DeliveryReports reports;

  public TestDelivery(Cassandra cassandra, Clock clock, Webhooks webhooks, WebhookSender sender) {
    this.clock = clock;
    this.ids = new Uuid7(clock);
    this.webhooks = webhooks;
    this.sender = sender;
    this.reports = new DeliveryReports(cassandra, clock);
  }

  /**
   * Sends the event, also to a disabled webhook, and returns what became of it.
   *
   * @throws NotFound if the user has no such webhook
   */
  public DeliveryOutcome send(UUID user, UUID id) {
    WebhookRequest request = WebhookRequest.test(webhooks.require(user, id), ids.mint(), clock.instant());
    DeliveryOutcome outcome = sender.send(request);
    reports.add(request, null, 1, outcome, null);
    return outcome;
  }
}
