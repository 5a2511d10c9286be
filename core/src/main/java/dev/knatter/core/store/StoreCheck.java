package dev.knatter.core.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import dev.knatter.core.DomainError.Unavailable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must be true of the store before a function serves, asked in one statement: the schema is there, and its
 * clock and ours agree to a second. The second matters because cursors wait a fixed time for late writes, and a
 * position minted by a wrong clock would lie outside of it.
 */
final class StoreCheck implements AutoCloseable {
  static final Duration TOLERANCE = Duration.ofSeconds(1);
  private static final Duration EVERY = Duration.ofSeconds(30);
  /** How often it is looked whether somebody has set the clock. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Logger log = LoggerFactory.getLogger(StoreCheck.class);

  private final String keyspace;
  private final Clock clock;
  private volatile Measured measured;
  private volatile boolean passed;
  private volatile boolean agreeing = true;
  private volatile @Nullable Thread measuring;

  StoreCheck(String keyspace, Clock clock) {
    this.keyspace = keyspace;
    this.clock = clock;
    this.measured = new Measured(Duration.ZERO, clock.millis(), System.nanoTime());
  }

  /**
   * By how much the store's clock was ahead of ours, and when that was, by our clock and by the monotonic one. The two of
   * them tell at once when somebody sets ours, and not only at the next measurement.
   */
  private record Measured(Duration ahead, long atMillis, long atNanos) {
    boolean tolerable(Clock clock) {
      return Math.abs(ahead(clock).toNanos()) <= TOLERANCE.toNanos();
    }

    Duration ahead(Clock clock) {
      Duration shown = Duration.ofMillis(clock.millis() - atMillis);
      return ahead.plusNanos(System.nanoTime() - atNanos).minus(shown);
    }
  }

  /** The schema job has not run, or an older one than this release needs. */
  static final class SchemaMissing extends Exception {
    static final String REASON = "the schema is missing or too old: run the schema job, or ./knatter schema";

    SchemaMissing() {
      super(REASON);
    }
  }

  boolean passes() {
    return passed && measured.tolerable(clock);
  }

  void requireClockAgreement() {
    if (!measured.tolerable(clock)) {
      throw new Unavailable("This server's clock is wrong.");
    }
  }

  void measure(CqlSession session) throws Exception {
    Instant before = clock.instant();
    long beforeNanos = System.nanoTime();
    Row row;
    try {
      row = session.executeAsync(SimpleStatement.newInstance(
          "SELECT max(version) AS version, max(totimestamp(now())) AS time FROM schema_versions WHERE keyspace_name = ?",
          keyspace))
        .toCompletableFuture()
        .get(2, TimeUnit.SECONDS)
        .one();
    } catch (java.util.concurrent.ExecutionException e) {
      if (e.getCause() instanceof InvalidQueryException) {
        throw new SchemaMissing();
      }
      throw e;
    }
    if (row == null || row.getInt("version") < Migrations.REQUIRED) {
      throw new SchemaMissing();
    }
    Instant store = row.getInstant("time");
    if (store == null) {
      throw new SchemaMissing();
    }
    long halfNanos = (System.nanoTime() - beforeNanos) / 2;
    Measured now = new Measured(Duration.between(before.plusNanos(halfNanos), store), before.toEpochMilli(),
        beforeNanos);
    boolean agreed = agreeing;
    measured = now;
    agreeing = now.tolerable(clock);
    passed = true;
    if (agreed && !agreeing) {
      log.warn("This machine's clock is {} ms off Cassandra's: not ready until they agree.",
          -now.ahead().toMillis());
    }
  }

  void keepMeasuring(CqlSession session) {
    measuring = Thread.ofVirtual().name("store-check").start(() -> {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          long end = System.nanoTime() + EVERY.toNanos();
          do {
            Thread.sleep(LOOK_EVERY);
          } while (measured.tolerable(clock) && System.nanoTime() - end < 0);
          measure(session);
        } catch (InterruptedException e) {
          return;
        } catch (Exception e) {
          log.debug("clock not measured", e); // requests notice by themselves when the store is away
        }
      }
    });
  }

  @Override
  public void close() {
    Thread started = measuring;
    if (started != null) {
      started.interrupt();
    }
  }
}
