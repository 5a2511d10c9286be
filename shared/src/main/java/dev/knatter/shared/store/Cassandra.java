package dev.knatter.shared.store;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
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
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client of Cassandra. It connects in the background, so that a function may start before its store; a call made
 * meanwhile waits for the connection within its {@link Deadline}. Calls block, and are meant for virtual threads.
 *
 * <p>Whatever keeps an answer from coming (no node, no quorum, no time) is {@link Unavailable}: the outcome is
 * unknown, and the same call may be made again. Any other failure is a fault of ours and passes through.
 */
public final class Cassandra implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Cassandra.class);

  private final String keyspace;
  private final CassandraConnection connection;
  private final CassandraMeters meters;

  private Cassandra(String keyspace, CassandraConnection connection, CassandraMeters meters) {
    this.keyspace = keyspace;
    this.connection = connection;
    this.meters = meters;
  }

  /** Starts to connect and returns at once. */
  public static Cassandra open(CassandraSettings settings, Clock clock) {
    CassandraMeters meters = new CassandraMeters();
    return new Cassandra(settings.keyspace(), CassandraConnection.open(settings, clock, meters), meters);
  }

  /** Times every call, as soon as there is a registry. */
  public MeterBinder meters() {
    return meters;
  }

  /** The keyspace that every statement is about. */
  public String keyspace() {
    return keyspace;
  }

  /** A statement that may be repeated without harm: a read, or a write that writes the same again. */
  public Cql cql(String text) {
    return cql(SimpleStatement.newInstance(text).setIdempotent(true));
  }

  /** A lightweight transaction, which the driver must not repeat by itself. */
  public Cql conditional(String text) {
    return cql(SimpleStatement.newInstance(text).setIdempotent(false));
  }

  /** A read that sees every lightweight transaction that was ever decided. */
  public Cql serialRead(String text) {
    return cql(SimpleStatement.newInstance(text)
      .setIdempotent(true)
      .setConsistencyLevel(DefaultConsistencyLevel.SERIAL));
  }

  private Cql cql(SimpleStatement statement) {
    Cql cql = new Cql(this, statement);
    connection.whenOpen(cql::prepareAhead);
    return cql;
  }

  /** Whether the next request can be answered quickly: connected, schema there, clocks agreeing. No round trip. */
  public boolean ready() {
    return connection.ready();
  }

  /** What is missing until {@link #ready}, in words that anybody may read. */
  public Optional<String> missing() {
    return connection.missing();
  }

  /** Whether the last check could use Cassandra; empty before the first check. */
  public Optional<Boolean> isUp() {
    return connection.isUp();
  }

  /** Throws {@link Unavailable} while this machine's clock and the store's differ by more than a second. */
  public void requireClockAgreement() {
    connection.requireClockAgreement();
  }

  PreparedStatement prepare(SimpleStatement statement) {
    return join(connection.session().prepareAsync(statement));
  }

  /** Executes and waits for the first page of rows. */
  public AsyncResultSet execute(Statement<?> statement) {
    return join(submit(statement));
  }

  /** Starts a statement without waiting; {@link #join} gives its outcome. */
  public CompletionStage<AsyncResultSet> submit(Statement<?> statement) {
    return connection.session().executeAsync(statement);
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

  /** Waits for what {@link #submit} started. */
  public <T> T join(CompletionStage<T> submitted) {
    try {
      T answer = submitted.toCompletableFuture().get(Deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
      connection.answered();
      return answer;
    } catch (TimeoutException e) {
      connection.checkSoon();
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
      case DriverTimeoutException away -> unavailable(away);
      case RuntimeException fault -> fault;
      case null, default -> new IllegalStateException(cause);
    };
  }

  private Unavailable unavailable(Exception cause) {
    connection.checkSoon();
    log.debug("Cassandra did not answer", cause);
    return new Unavailable("The message store is away.");
  }

  @Override
  public void close() {
    connection.close();
  }
}
