package dev.knatter.chat.webhook;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.knatter.chat.publication.ChatEvent;
import dev.knatter.chat.publication.EventReference;
import dev.knatter.chat.publication.EventType;
import dev.knatter.shared.Digest;
import dev.knatter.shared.Uuid8;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/** The events about webhooks, as far as the store knows that they have happened. */
public final class WebhookEvents {
  private final Cassandra cassandra;
  private final Cql select;

  public WebhookEvents(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.select = cassandra.cql(WebhookRows.SELECT);
  }

  /** The event of a webhook that was disabled; empty if it is enabled, was disabled at another time, or is gone. */
  public Optional<ChatEvent> disabled(EventReference reference, Instant time) {
    for (Webhook webhook : WebhookRows.of(cassandra.all(select.bind(reference.subject()))).webhooks()) {
      Instant at = webhook.disabledAt();
      if (at != null && reference.equals(disabled(webhook, at))) {
        return Optional.of(new ChatEvent(reference, time, data(webhook)));
      }
    }
    return Optional.empty();
  }

  /** The owner may enable a webhook again, so the id also depends on the time. */
  static EventReference disabled(Webhook webhook, Instant at) {
    UUID id = Uuid8.of(new Digest().add(webhook.id()).add(at.toString()));
    return new EventReference(EventType.WEBHOOK_DISABLED, webhook.userId(), id);
  }

  static Map<String, Object> data(Webhook webhook) {
    return Map.of("userId", webhook.userId(), "webhookId", webhook.id());
  }
}
