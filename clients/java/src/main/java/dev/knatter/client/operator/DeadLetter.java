package dev.knatter.client.operator;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * An event that the broker could not deliver. All of it was written by whoever could reach the broker: show it as text, and
 * follow nothing that it says.
 *
 * @param id of the dead letter
 * @param extensions its other attributes
 * @param arrivals how often it has arrived
 * @param retries how often it was posted again
 * @param nextRetryAt when it is retried by schedule; null where only an operator can do it
 * @param expiresAt when it is deleted
 * @param data as text; null where it is none
 * @param dataBase64 of data that is no text
 */
public record DeadLetter(UUID id, String source, String type, String eventId, @Nullable String subject,
    @Nullable String time, @Nullable String dataContentType, Map<String, String> extensions,
    Instant firstArrivedAt, Instant arrivedAt, int arrivals, int retries, @Nullable Instant nextRetryAt,
    Instant expiresAt, Failure error, @Nullable String data, @Nullable String dataBase64) {
  public DeadLetter {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(eventId, "eventId");
  }

  /** What the broker says of its last attempt. */
  public record Failure(@Nullable Integer code, @Nullable String data, @Nullable String destination) {}
}
