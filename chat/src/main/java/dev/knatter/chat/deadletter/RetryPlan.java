package dev.knatter.chat.deadletter;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;

/** Plans retries by schedule. */
final class RetryPlan {
  private final Cassandra cassandra;
  private final LetterSchedule schedule;
  private final Clock clock;
  private final Uuid7 ids;
  private final Backoff backoff;

  RetryPlan(LetterTables tables, Clock clock, Backoff backoff) {
    this.cassandra = tables.cassandra();
    this.schedule = tables.schedule();
    this.clock = clock;
    this.ids = new Uuid7(clock);
    this.backoff = backoff;
  }

  /**
   * Plans the next retry of a letter, before its state refers to it.
   *
   * @param retries how often it was retried
   * @param end     until when it may be retried
   * @return the due of its state
   */
  UUID next(UUID letter, int retries, Instant end) {
    return backoff.next(retries, clock.instant()).filter(end::isAfter).map(next -> {
      UUID due = ids.mint(next);
      cassandra.execute(schedule.insert(new LetterSchedule.Entry(due, letter)));
      return due;
    }).orElse(LetterState.NEVER);
  }

  /** Whether a letter that was retried so often is retried by schedule at all. */
  boolean goesOn(int retries) {
    return retries < backoff.bound();
  }
}
