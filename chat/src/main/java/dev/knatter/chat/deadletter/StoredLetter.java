package dev.knatter.chat.deadletter;

import java.time.Instant;
import java.util.UUID;

import dev.knatter.chat.deadletter.LetterContents.Content;
import dev.knatter.shared.Uuid7;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter of the list.
 *
 * @param id             one for each event
 * @param letter         the event as it came last
 * @param firstArrivedAt when it came for the first time
 * @param arrivedAt      when it came last
 * @param arrivals       how often it has come
 * @param retries        how often it was posted to the broker again
 * @param nextRetryAt    when it is retried by schedule; null where only an operator can retry it
 * @param expiresAt      when it is deleted
 */
public record StoredLetter(UUID id, DeadLetter letter, Instant firstArrivedAt, Instant arrivedAt,
    int arrivals, int retries, @Nullable Instant nextRetryAt, Instant expiresAt) {
  static StoredLetter of(UUID id, LetterState state, Content content) {
    return new StoredLetter(id, content.letter(), state.firstArrival(), Uuid7.instant(state.position()),
        state.arrivals(), state.retries(), state.nextRetry(), content.expiresAt());
  }
}
