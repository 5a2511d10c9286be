package dev.knatter.chat.deadletter;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.knatter.chat.deadletter.DeadLetterRetry.Outcome;
import dev.knatter.chat.deadletter.LetterList.Entry;
import dev.knatter.shared.Chunks;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Parallel;
import dev.knatter.shared.store.Deadline;
import org.jspecify.annotations.Nullable;

/** Retries the letters of the list, or those of one type, newest first, some hundreds in a run. */
public final class BulkRetry {
  /** How many letters a run retries at most. */
  public static final int MOST = 500;
  private static final int PAGE = 64;
  /** How many letters are in memory, and on their way to the broker, at the same time. */
  static final int AT_ONCE = 8;

  private final DeadLetterRetry retry;
  private final LetterTables tables;
  private final Clock clock;

  /**
   * What a run has done.
   *
   * @param accepted how many letters the broker has accepted
   * @param refused  how many it has not accepted, which stay in the list
   * @param next     the position after which the next run goes on; null if there is nothing left to retry
   */
  public record Result(int accepted, int refused, @Nullable UUID next) {}

  public BulkRetry(DeadLetterRetry retry, Clock clock) {
    this.retry = retry;
    this.tables = retry.tables();
    this.clock = clock;
  }

  /**
   * Retries letters for about as long as allowed.
   *
   * @param type   of the events to retry; null for all
   * @param before where the run before has ended; null for the head of the list
   * @throws Unavailable if the broker is away and nothing was retried
   */
  public Result run(@Nullable String type, @Nullable UUID before, Duration allowed) {
    long end = System.nanoTime() + allowed.toNanos();
    UUID at = before == null ? DeadLetters.head(clock.millis()) : before;
    int accepted = 0;
    int refused = 0;
    while (true) {
      List<Entry> page = page(at, PAGE);
      for (List<Entry> some : Chunks.of(page, AT_ONCE)) {
        List<Outcome> outcomes = Parallel.map(some, entry -> retry(entry, type));
        if (isAway(outcomes)) {
          if (accepted + refused == 0) {
            throw new Unavailable("The broker does not accept events at this moment.",
                Duration.ofSeconds(10));
          }
          return new Result(accepted, refused, at);
        }
        accepted += count(outcomes, Outcome.ACCEPTED);
        refused += count(outcomes, Outcome.REFUSED) + count(outcomes, Outcome.AWAY);
        at = some.getLast().position();
        if (accepted + refused >= MOST || System.nanoTime() - end >= 0) {
          return new Result(accepted, refused, page(at, 1).isEmpty() ? null : at);
        }
      }
      if (page.size() < PAGE) {
        return new Result(accepted, refused, null);
      }
    }
  }

  private List<Entry> page(UUID below, int limit) {
    long oldest = clock.millis() - Lifetime.LONGEST.toMillis();
    return Deadline.renewed(() -> tables.list().below(below, oldest, limit));
  }

  private Outcome retry(Entry entry, @Nullable String type) {
    boolean wanted = type == null || tables.contents().isOfType(entry.position(), type);
    return wanted ? retry.retryAt(entry) : Outcome.GONE;
  }

  /** Whether the broker is away, and not only for one event of several. */
  static boolean isAway(List<Outcome> outcomes) {
    return outcomes.contains(Outcome.AWAY)
        && !outcomes.contains(Outcome.ACCEPTED)
        && !outcomes.contains(Outcome.REFUSED);
  }

  static int count(List<Outcome> outcomes, Outcome outcome) {
    return Math.toIntExact(outcomes.stream().filter(outcome::equals).count());
  }
}
