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
  private static final Logger log = LoggerFactory.getLogger(StoreCheck.class);

  private final String keyspace;
  private final Clock clock;
  private volatile Duration offset = Duration.ZERO;
  private volatile boolean passed;
  private volatile @Nullable Thread measuring;

  StoreCheck(String keyspace, Clock clock) {
    this.keyspace = keyspace;
    this.clock = clock;
  }

  /** The schema job has not run, or an older one than this release needs. */
  static final class SchemaMissing extends Exception {
    static final String REASON = "the schema is missing or too old: run the schema job, or ./knatter schema";

    SchemaMissing() {
      super(REASON);
    }
  }

  boolean passes() {
    return passed && tolerable(offset);
  }

  void requireClockAgreement() {
    if (!tolerable(offset)) {
      throw new Unavailable("This server's clock is wrong.");
    }
  }

  private static boolean tolerable(Duration offset) {
    return Math.abs(offset.toNanos()) <= TOLERANCE.toNanos();
  }

  void measure(CqlSession session) throws Exception {
    Instant before = clock.instant();
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
    Instant after = clock.instant();
    if (row == null || row.getInt("version") < Migrations.REQUIRED) {
      throw new SchemaMissing();
    }
    Instant store = row.getInstant("time");
    if (store == null) {
      throw new SchemaMissing();
    }
    Instant middle = before.plusNanos(Duration.between(before, after).toNanos() / 2);
    Duration measured = Duration.between(middle, store);
    boolean agreed = tolerable(offset);
    offset = measured;
    passed = true;
    if (agreed && !tolerable(measured)) {
      log.warn("This machine's clock is {} ms off Cassandra's: not ready until they agree.",
          -measured.toMillis());
    }
  }

  void keepMeasuring(CqlSession session) {
    measuring = Thread.ofVirtual().name("store-check").start(() -> {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          Thread.sleep(EVERY);
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
