package dev.knatter.chat.webhook;

import java.time.Instant;
import java.util.UUID;

import dev.knatter.shared.Uuid7;

/**
 * A delivery that has failed and is tried again later.
 *
 * @param position      a UUIDv7 of the time when it is due
 * @param attempts      how many were made
 * @param firstFailedAt when the first of them failed
 */
record ParkedDelivery(UUID position, UUID userId, UUID webhookId, WebhookEvent event, int attempts,
    Instant firstFailedAt) {
  Instant due() {
    return Uuid7.instant(position);
  }

  long minute() {
    return ParkedDeliveries.minute(due());
  }
}
