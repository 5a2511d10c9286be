package dev.knatter.client.send;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A message that was not answered yet.
 *
 * @param number of the entry; later entries have higher ones
 * @param userId who sends it: an outbox may hold messages of somebody who has logged out
 * @param clientId under which it is sent; null until the first attempt
 * @param addedAt by the clock of this machine
 */
public record OutboxEntry(long number, UUID userId, Draft draft, @Nullable UUID clientId, Instant addedAt) {
  public OutboxEntry {
    Objects.requireNonNull(userId, "userId");
    Objects.requireNonNull(draft, "draft");
    Objects.requireNonNull(addedAt, "addedAt");
  }

  OutboxEntry under(UUID id) {
    return new OutboxEntry(number, userId, draft, id, addedAt);
  }
}
