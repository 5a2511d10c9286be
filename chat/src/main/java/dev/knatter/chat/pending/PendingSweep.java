package dev.knatter.chat.pending;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;

import dev.knatter.shared.store.Cassandra;

/**
 * Visits the rows that remain in a {@link PendingTable}, bucket by bucket, and several times ({@link SweepPass}), because the
 * store may bring rows late. The last visit comes when the store's hints have expired, so no row can appear any more. Two sweeps
 * at the same time must do no harm.
 */
public final class PendingSweep {
  /** How many buckets, ten minutes in all, are looked up and recorded as done at once. */
  private static final int BUCKETS_AT_ONCE = 60;

  private final Clock clock;
  private final PendingTable table;
  private final SweepProgress progress;

  /**
   * @param prefix        of the names under which the progress is stored; every swept table has another
   * @param schemaVersion the version of the schema that brought the table
   */
  public PendingSweep(Cassandra cassandra, Clock clock, PendingTable table, String prefix,
      int schemaVersion) {
    this.clock = clock;
    this.table = table;
    this.progress = new SweepProgress(cassandra, prefix, schemaVersion);
  }

  /** Finishes the rows of one lane of a bucket. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Finishes rows and deletes those that need no further visit.
     *
     * @param isLast whether no row of the bucket can appear later
     * @return how many rows were finished; empty if the sweep cannot go on now, and must come back to this bucket
     */
    OptionalInt visit(long bucket, int lane, boolean isLast);
  }

  /** A run's result. finished: how many rows were finished; complete: whether every pass is at the present. */
  public record Outcome(int finished, boolean complete) {}

  /**
   * Continues every pass where it stopped, for about as long as allowed.
   *
   * @param isRunning asked before each bucket; false stops the run
   */
  public Outcome run(Duration allowed, BooleanSupplier isRunning, Visitor visitor) {
    long end = System.nanoTime() + allowed.toNanos();
    BooleanSupplier hasTime = () -> System.nanoTime() - end < 0 && isRunning.getAsBoolean();
    int finished = 0;
    boolean complete = true;
    Map<SweepPass, Long> swept = progress.sweptUntil();
    for (SweepPass pass : SweepPass.values()) {
      Outcome outcome = run(pass, Objects.requireNonNull(swept.get(pass)), hasTime, visitor);
      finished += outcome.finished();
      complete &= outcome.complete();
    }
    return new Outcome(finished, complete);
  }

  private Outcome run(SweepPass pass, long sweptUntil, BooleanSupplier hasTime, Visitor visitor) {
    long until = PendingTable.bucket(clock.millis() - pass.delay().toMillis()) - 1;
    long done = sweptUntil;
    int finished = 0;
    boolean stopped = false;
    while (!stopped && done < until && hasTime.getAsBoolean()) {
      List<Long> buckets = LongStream.rangeClosed(done + 1, Math.min(until, done + BUCKETS_AT_ONCE))
        .boxed()
        .toList();
      Map<Long, List<Integer>> lanes = table.lanes(buckets);
      for (Long bucket : buckets) {
        OptionalInt visited = hasTime.getAsBoolean()
            ? visit(bucket, lanes.getOrDefault(bucket, List.of()), pass.last(), visitor)
            : OptionalInt.empty();
        if (visited.isEmpty()) {
          stopped = true;
          break;
        }
        finished += visited.getAsInt();
        done = bucket;
      }
      progress.save(pass, done);
    }
    return new Outcome(finished, done >= until);
  }

  private OptionalInt visit(long bucket, List<Integer> lanes, boolean isLast, Visitor visitor) {
    int finished = 0;
    for (int lane : lanes) {
      OptionalInt visited = visitor.visit(bucket, lane, isLast);
      if (visited.isEmpty()) {
        return visited;
      }
      finished += visited.getAsInt();
    }
    if (isLast && !lanes.isEmpty()) {
      table.deleteLanes(bucket);
    }
    return OptionalInt.of(finished);
  }
}
