package dev.knatter.chat.webhook;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

import dev.knatter.shared.Digest;
import org.jspecify.annotations.Nullable;

/**
 * One event for one webhook.
 *
 * @param deliveryId the same for every attempt to deliver this event to this webhook; it holds no full stop
 * @param eventId    the same for every webhook
 * @param type       the type of the CloudEvent
 * @param subject    the conversation; null if the event is about none
 * @param time       when it happened
 * @param data       a record or a map that can be written as JSON
 */
public record WebhookRequest(Webhook webhook, String deliveryId, String eventId, String type,
    @Nullable UUID subject, Instant time, Object data) {
  private static final String TEST = "dev.knatter.webhook.test.v1";
  private static final int ID_BYTES = 16;

  static WebhookRequest of(Webhook webhook, WebhookEvent event, MessageData message) {
    byte[] hash = new Digest().add(webhook.id()).add(event.id()).bytes();
    return new WebhookRequest(webhook, "msg_" + HexFormat.of().formatHex(hash, 0, ID_BYTES), event.id(),
        event.type().text(), message.conversationId(), time(event, message), message);
  }

  /** An edit that is told of after a later change has the time of that change, because the data are of then. */
  private static Instant time(WebhookEvent event, MessageData message) {
    Instant changedAt = message.deletedAt() == null ? message.editedAt() : message.deletedAt();
    return event.type() == WebhookType.MESSAGE_SENT || changedAt == null ? message.sentAt() : changedAt;
  }

  /** An event that its owner asked for, to see whether it arrives. */
  static WebhookRequest test(Webhook webhook, UUID id, Instant now) {
    return new WebhookRequest(webhook, "test_" + id, "test-" + id, TEST, null, now,
        Map.of("webhookId", webhook.id()));
  }
}
