package dev.knatter.shared.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import dev.knatter.shared.DomainError.Unavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks with one statement what a function needs before it serves: the schema exists, and the clocks of Cassandra and of
 * this machine differ by at most a second. The clocks matter because a cursor waits for late writes for a fixed time. A
 * position that a wrong clock has minted would be outside of that time.
 */
final class StoreCheck {
  static final Duration TOLERANCE = Duration.ofSeconds(1);
  private static final Logger log = LoggerFactory.getLogger(StoreCheck.class);

  private final String keyspace;
  private final Clock clock;
  private volatile Measured measured;
  private volatile boolean passed;
  private volatile boolean agreeing = true;

  StoreCheck(String keyspace, Clock clock) {
    this.keyspace = keyspace;
    this.clock = clock;
    this.measured = new Measured(Duration.ZERO, clock.millis(), System.nanoTime());
  }

  /**
   * By how much Cassandra's clock was ahead of ours, and when this was measured, by our clock and by the monotonic one. If
   * somebody sets our clock, the two times show it at once, before the next measurement.
   */
  private record Measured(Duration ahead, long atMillis, long atNanos) {
    boolean tolerable(Clock clock) {
      return ahead(clock).abs().compareTo(TOLERANCE) <= 0;
    }

    Duration ahead(Clock clock) {
      Duration shown = Duration.ofMillis(clock.millis() - atMillis);
      return ahead.plusNanos(System.nanoTime() - atNanos).minus(shown);
    }
  }

  /** The schema job has not run, or only that of an older release. */
  static final class SchemaMissing extends Exception {
    SchemaMissing() {
      super(CassandraProblem.SCHEMA);
    }
  }

  boolean passes() {
    return passed && clocksAgree();
  }

  boolean clocksAgree() {
    return measured.tolerable(clock);
  }

  void requireClockAgreement() {
    if (!clocksAgree()) {
      throw new Unavailable("This server's clock is wrong.");
    }
  }

  void measure(CqlSession session) throws Exception {
    Instant before = clock.instant();
    long beforeNanos = System.nanoTime();
    Row row;
    try {
      row = session.executeAsync(SimpleStatement.newInstance(
          "SELECT max(version) AS version, count(*) AS files, max(totimestamp(now())) AS time"
              + " FROM schema_versions WHERE keyspace_name = ?",
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
    if (row == null || row.getInt("version") < Migrations.REQUIRED
        || row.getLong("files") < Migrations.COUNT) {
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
}
