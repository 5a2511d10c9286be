package dev.knatter.chat.deadletter;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.knatter.chat.deadletter.DeadLetterRetry.Outcome;
import dev.knatter.shared.Chunks;
import dev.knatter.shared.Parallel;
import dev.knatter.shared.Uuid7;

/**
 * Retries the dead letters whose time has come, in the order of that time. A run makes a bounded number of retries, so
 * that neither the broker nor the memory is full of events that nobody can handle; the next run goes on.
 */
public final class DeadLetterRetries {
  /** How many letters a run retries at most. */
  static final int MOST = 1_000;
  private static final int PAGE = 64;

  private final DeadLetterRetry retry;
  private final LetterSchedule schedule;
  private final Clock clock;

  /**
   * What a run has done.
   *
   * @param accepted how many letters the broker has accepted
   * @param refused  how many it has refused
   * @param complete whether nothing is due any more; false also if the broker is away
   */
  public record Result(int accepted, int refused, boolean complete) {}

  public DeadLetterRetries(DeadLetterRetry retry, Clock clock) {
    this.retry = retry;
    this.schedule = retry.tables().schedule();
    this.clock = clock;
  }

  /** Retries what is due, for about as long as allowed. Two runs at the same time make no retry twice. */
  public Result run(Duration allowed) {
    long now = clock.millis();
    UUID until = Uuid7.floor(now + 1);
    UUID done = schedule.progress(Uuid7.floor(now - Lifetime.LONGEST.toMillis()));
    long end = System.nanoTime() + allowed.toNanos(); // starts after the read, so that every run makes progress
    int accepted = 0;
    int refused = 0;
    while (true) {
      List<LetterSchedule.Entry> page = schedule.between(done, until, PAGE);
      for (List<LetterSchedule.Entry> some : Chunks.of(page, BulkRetry.AT_ONCE)) {
        List<Outcome> outcomes = Parallel.map(some, retry::retryDue);
        accepted += BulkRetry.count(outcomes, Outcome.ACCEPTED);
        refused += BulkRetry.count(outcomes, Outcome.REFUSED);
        done = some.getLast().due();
        schedule.save(done); // what found the broker away is due again later, and does not hold up the others
        if (BulkRetry.isAway(outcomes)) {
          return new Result(accepted, refused, false);
        }
        if (accepted + refused >= MOST || System.nanoTime() - end >= 0) {
          return new Result(accepted, refused, schedule.between(done, until, 1).isEmpty());
        }
      }
      if (page.size() < PAGE) {
        schedule.save(Uuid7.floor(now));
        return new Result(accepted, refused, true);
      }
    }
  }
}
