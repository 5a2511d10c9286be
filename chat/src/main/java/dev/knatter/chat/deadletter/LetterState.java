package dev.knatter.chat.deadletter;

import java.time.Instant;
import java.util.UUID;

import dev.knatter.shared.Uuid7;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an event that is or was a dead letter.
 *
 * @param version      rises with every change
 * @param listed       whether it is in the list; not, when a retry was accepted or somebody deleted it
 * @param position     the last arrival, which finds the content and orders the list
 * @param firstArrival when it came for the first time, whatever became of it then
 * @param arrivals     how often it has come
 * @param retries      how often it was posted to the broker again
 * @param due          the next retry by schedule, as a UUIDv7 of its time; or {@link #NEVER}
 */
record LetterState(int version, boolean listed, UUID position, Instant firstArrival, int arrivals,
    int retries, UUID due) {
  static final UUID NEVER = Uuid7.floor(0);

  static LetterState first(UUID position, UUID due) {
    return new LetterState(1, true, position, Uuid7.instant(position), 1, 0, due);
  }

  LetterState arrivedAgain(UUID at, UUID nextDue) {
    return new LetterState(version + 1, true, at, firstArrival, arrivals + 1, retries, nextDue);
  }

  LetterState retried(int times, UUID nextDue) {
    return new LetterState(version + 1, listed, position, firstArrival, arrivals, times, nextDue);
  }

  LetterState unlisted() {
    return new LetterState(version + 1, false, position, firstArrival, arrivals, retries, NEVER);
  }

  /** Whether a row that refers to an arrival of the letter still stands for it. */
  boolean isListedAt(UUID at) {
    return listed && position.equals(at);
  }

  /** Null where there is no retry by schedule. */
  @Nullable
  Instant nextRetry() {
    return due.equals(NEVER) ? null : Uuid7.instant(due);
  }
}
