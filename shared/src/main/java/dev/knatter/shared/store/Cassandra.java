package dev.knatter.shared.store;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.InvalidKeyspaceException;
import com.datastax.oss.driver.api.core.RequestThrottlingException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.servererrors.CoordinatorException;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import dev.knatter.shared.DomainError.Unavailable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client of Cassandra. It connects in the background and goes on trying, so that a function may start before
 * its store; a call made meanwhile waits for the connection within its {@link Deadline}. Calls block, and are
 * meant for virtual threads.
 *
 * <p>Whatever keeps an answer from coming (no node, no quorum, no time) is {@link Unavailable}: the outcome is
 * unknown, and the same call may be made again. Any other failure is a fault of ours and passes through.
 *
 * <p>The log says once why Cassandra cannot be used, and once that it can be used again: at the start, and whenever a call
 * that fails leads to a look at it.
 */
public final class Cassandra implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Cassandra.class);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(30);

  private final CompletableFuture<CqlSession> connected = new CompletableFuture<>();
  private final CassandraSettings settings;
  private final StoreCheck check;
  private final StoreState state = new StoreState(log, "Cassandra", "Trying on.");
  private final Thread connector;
  private volatile String missing = "the message store is not connected";
  private volatile boolean closed;

  private Cassandra(CassandraSettings settings, Clock clock) {
    this.settings = settings;
    this.check = new StoreCheck(settings.keyspace(), clock);
    this.connector = Thread.ofVirtual().name("cassandra-connector").unstarted(this::connect);
  }

  /** Starts to connect and returns at once. */
  public static Cassandra open(CassandraSettings settings, Clock clock) {
    Cassandra cassandra = new Cassandra(settings, clock);
    cassandra.connector.start();
    return cassandra;
  }

  /** The keyspace that every statement is about. */
  public String keyspace() {
    return settings.keyspace();
  }

  /** A statement that may be repeated without harm: a read, or a write that writes the same again. */
  public Cql cql(String text) {
    return new Cql(this, SimpleStatement.newInstance(text).setIdempotent(true));
  }

  /** A lightweight transaction, which the driver must not repeat by itself. */
  public Cql conditional(String text) {
    return new Cql(this, SimpleStatement.newInstance(text).setIdempotent(false));
  }

  /** A read that sees every lightweight transaction that was ever decided. */
  public Cql serialRead(String text) {
    return new Cql(this, SimpleStatement.newInstance(text)
      .setIdempotent(true)
      .setConsistencyLevel(DefaultConsistencyLevel.SERIAL));
  }

  /** Whether the next request can be answered quickly: connected, schema there, clocks agreeing. No round trip. */
  public boolean ready() {
    return connected.isDone() && check.passes();
  }

  /** What is missing until {@link #ready}, in words that anybody may read. */
  public Optional<String> missing() {
    if (ready()) {
      return Optional.empty();
    }
    return Optional
      .of(check.clocksAgree() ? missing : "the clocks of this server and of the message store differ");
  }

  /** Whether it could be used when it was last looked at; empty while nothing is known. */
  public Optional<Boolean> isUp() {
    return state.isUp();
  }

  /** Has a statement prepared, without waiting, not even for a session. */
  CompletionStage<PreparedStatement> prepare(SimpleStatement statement) {
    return connected.thenCompose(session -> session.prepareAsync(statement));
  }

  /** Executes and waits for the first page of rows. */
  public AsyncResultSet execute(Statement<?> statement) {
    return await(session -> session.executeAsync(statement));
  }

  /** Starts a statement without waiting; {@link #join} gives its outcome. */
  public CompletionStage<AsyncResultSet> submit(Statement<?> statement) {
    return session().executeAsync(statement);
  }

  /** Waits for what {@link #submit} started. */
  public AsyncResultSet join(CompletionStage<AsyncResultSet> submitted) {
    return await(_ -> submitted);
  }

  /** The only row of a result, or null. */
  public @Nullable Row one(Statement<?> statement) {
    return execute(statement).one();
  }

  /** All rows of a result, of every page. */
  public List<Row> all(Statement<?> statement) {
    return all(submit(statement));
  }

  /** All rows, of every page, of what {@link #submit} started. */
  public List<Row> all(CompletionStage<AsyncResultSet> submitted) {
    List<Row> rows = new ArrayList<>();
    AsyncResultSet page = join(submitted);
    page.currentPage().forEach(rows::add);
    while (page.hasMorePages()) {
      page = join(page.fetchNextPage());
      page.currentPage().forEach(rows::add);
    }
    return rows;
  }

  /** Refuses to go on while this machine's clock and the store's differ by more than a second. */
  public void requireClockAgreement() {
    if (!check.clocksAgree()) {
      look(); // somebody may have set both clocks
    }
    check.requireClockAgreement();
  }

  private <T> T await(Function<CqlSession, CompletionStage<T>> call) {
    CqlSession session = session();
    try {
      T answer = call.apply(session)
        .toCompletableFuture()
        .get(Deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
      if (state.isDown()) {
        look();
      }
      return answer;
    } catch (TimeoutException e) {
      look();
      throw new Unavailable("The message store did not answer in time.");
    } catch (ExecutionException e) {
      throw translate(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("The server is stopping.");
    }
  }

  private RuntimeException translate(@Nullable Throwable cause) {
    return switch (cause) {
      case QueryValidationException fault -> fault;
      case CoordinatorException away -> unavailable(away);
      case AllNodesFailedException away -> unavailable(away);
      case ClosedConnectionException away -> unavailable(away);
      case RequestThrottlingException away -> unavailable(away);
      case com.datastax.oss.driver.api.core.DriverTimeoutException away -> unavailable(away);
      case DriverException fault -> fault;
      case RuntimeException fault -> fault;
      case null, default -> new IllegalStateException(cause);
    };
  }

  private Unavailable unavailable(Exception cause) {
    look();
    log.debug("Cassandra did not answer", cause);
    return new Unavailable("The message store is away.");
  }

  private CqlSession session() {
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

  private void connect() {
    Duration pause = FIRST_PAUSE;
    while (!closed) {
      CqlSession session = null;
      try {
        session = CqlSessions.open(settings);
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
      pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.plus(pause) : pause;
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

  /** Has it looked at now and not in half a minute. */
  private void look() {
    LockSupport.unpark(connector);
  }

  /** A call that fails alone says little: one that fails twice in a row, a second apart, and not for a caller, does. */
  private void watch(CqlSession session) throws InterruptedException {
    boolean failing = false;
    while (!closed) {
      if (!failing && !state.isDown()) {
        LockSupport.parkNanos(LOOK_EVERY.toNanos());
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

  /** An open session does not tell why it does not connect again. A new one does. */
  private void diagnose(Exception failure) {
    try (CqlSession _ = CqlSessions.open(settings)) {
      if (Causes.of(failure).stream().noneMatch(AllNodesFailedException.class::isInstance)) {
        failed(failure);
      } // else it is there again, and the session has not found it yet
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
