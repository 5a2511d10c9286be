package dev.knatter.shared.store;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.InvalidKeyspaceException;
import com.datastax.oss.driver.api.core.tracker.RequestTracker;
import dev.knatter.shared.DomainError.Unavailable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the driver's session in the background and tries again until it succeeds. After that it checks every half a minute,
 * and soon after a failed call, that Cassandra can be used. The log says once why Cassandra cannot be used, and once that
 * it can be used again.
 */
final class CassandraConnection implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CassandraConnection.class);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(30);

  private final CompletableFuture<CqlSession> connected = new CompletableFuture<>();
  private final CassandraSettings settings;
  private final RequestTracker tracker;
  private final StoreCheck check;
  private final StoreState state = new StoreState(log, "Cassandra", "Trying on.");
  private final Thread connector;
  private volatile String missing = "the message store is not connected";
  private volatile boolean closed;

  private CassandraConnection(CassandraSettings settings, Clock clock, RequestTracker tracker) {
    this.settings = settings;
    this.tracker = tracker;
    this.check = new StoreCheck(settings.keyspace(), clock);
    this.connector = Thread.ofVirtual().name("cassandra-connector").unstarted(this::connect);
  }

  /** Starts to connect and returns at once. */
  static CassandraConnection open(CassandraSettings settings, Clock clock, RequestTracker tracker) {
    CassandraConnection connection = new CassandraConnection(settings, clock, tracker);
    connection.connector.start();
    return connection;
  }

  boolean ready() {
    return connected.isDone() && check.passes();
  }

  Optional<String> missing() {
    if (ready()) {
      return Optional.empty();
    }
    return Optional
      .of(check.clocksAgree() ? missing : "the clocks of this server and of the message store differ");
  }

  Optional<Boolean> isUp() {
    return state.isUp();
  }

  void requireClockAgreement() {
    if (!check.clocksAgree()) {
      checkSoon(); // an operator may have corrected the clocks
    }
    check.requireClockAgreement();
  }

  /** Returns the session. Waits for it within the caller's {@link Deadline}. */
  CqlSession session() {
    CqlSession open = connected.getNow(null);
    if (open != null) {
      return open;
    }
    try {
      return connected.get(Deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new Unavailable("The message store is away.");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("The server is stopping.");
    }
  }

  /** Runs an action, which must not block: now if the session is open, or when it opens. */
  void whenOpen(Consumer<CqlSession> action) {
    var _ = connected.thenAccept(action);
  }

  /** Must be called after each answered call: Cassandra may be up again. */
  void answered() {
    if (state.isDown()) {
      checkSoon();
    }
  }

  /** Starts the next check now instead of after half a minute. */
  void checkSoon() {
    LockSupport.unpark(connector);
  }

  private void connect() {
    Duration pause = FIRST_PAUSE;
    while (!closed) {
      CqlSession session = null;
      try {
        session = CqlSessions.open(settings, tracker);
        check.measure(session);
        connected.complete(session);
        state.up();
        watch(session);
        return;
      } catch (InterruptedException e) {
        if (!connected.isDone()) {
          closeQuietly(session);
        }
        return;
      } catch (Exception e) {
        closeQuietly(session);
        failed(e);
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        return;
      }
      pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
    }
  }

  private void failed(Exception failure) {
    if (closed) {
      return;
    }
    log.debug("Cassandra cannot be used", failure);
    missing = failure instanceof StoreCheck.SchemaMissing || failure instanceof InvalidKeyspaceException
        ? "the schema of the message store is missing or too old"
        : "the message store is not connected";
    state.down(CassandraProblem.of(failure, settings));
  }

  /** One failed check may be an accident. Two in a row, a second apart, mean that Cassandra cannot be used. */
  private void watch(CqlSession session) throws InterruptedException {
    boolean failing = false;
    while (!closed) {
      if (!failing && !state.isDown()) {
        LockSupport.parkNanos(CHECK_INTERVAL.toNanos());
      }
      Thread.sleep(LONGEST_PAUSE);
      try {
        check.measure(session);
        state.up();
        failing = false;
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        if (failing) {
          diagnose(e);
        }
        failing = true;
      }
    }
  }

  /** An open session does not say why it cannot connect again, but a new session does. */
  private void diagnose(Exception failure) {
    try (CqlSession _ = CqlSessions.open(settings)) {
      if (Causes.of(failure).stream().noneMatch(AllNodesFailedException.class::isInstance)) {
        failed(failure);
      } // else Cassandra is up again, and the open session has not noticed it yet
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  private static void closeQuietly(@Nullable CqlSession session) {
    if (session != null) {
      session.forceCloseAsync();
    }
  }

  @Override
  public void close() {
    closed = true;
    connector.interrupt();
    CqlSession session = connected.getNow(null);
    if (session != null) {
      session.close();
    }
  }
}
