package dev.knatter.shared.store;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
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
 * The client of Cassandra. It connects in the background, so that a function may start before Cassandra does. A call that
 * comes before the connection waits for the connection within its {@link Deadline}. Calls block, and are meant for virtual
 * threads.
 *
 * <p>If no answer comes (no node, no quorum, no time), calls throw {@link Unavailable}: the outcome is unknown, and the
 * caller may make the same call again. Any other exception is an error of the product and passes through.
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

  /** Returns the meters that time every call from the moment at which they are bound to a registry. */
  public MeterBinder meters() {
    return meters;
  }

  /** The keyspace of every statement. */
  public String keyspace() {
    return keyspace;
  }

  /** Makes a statement that the driver may repeat: a read, or a write that writes the same values again. */
  public Cql cql(String text) {
    return cql(SimpleStatement.newInstance(text).setIdempotent(true));
  }

  /** Makes a lightweight transaction, which the driver must not repeat. */
  public Cql conditional(String text) {
    return cql(SimpleStatement.newInstance(text).setIdempotent(false));
  }

  /** Makes a read that sees every lightweight transaction that was ever decided. */
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

  /**
   * Whether the next request can be answered quickly: the session is open, the schema is there, and the clocks agree. This
   * makes no round trip.
   */
  public boolean ready() {
    return connection.ready();
  }

  /** What is missing while {@link #ready} is false, in words that anybody may read. */
  public Optional<String> missing() {
    return connection.missing();
  }

  /** Whether the last check could use Cassandra; empty before the first check. */
  public Optional<Boolean> isUp() {
    return connection.isUp();
  }

  /** Throws {@link Unavailable} while the clocks of this machine and of the store differ by more than a second. */
  public void requireClockAgreement() {
    connection.requireClockAgreement();
  }

  PreparedStatement prepare(SimpleStatement statement) {
    return join(connection.session().prepareAsync(statement));
  }

  /** Executes a statement and waits for the first page of rows. */
  public AsyncResultSet execute(Statement<?> statement) {
    return join(submit(statement));
  }

  /** Starts a statement and returns at once. {@link #join} waits for its outcome. */
  public CompletionStage<AsyncResultSet> submit(Statement<?> statement) {
    return connection.session().executeAsync(statement);
  }

  /** Executes a statement and returns the first row of its result, or null. */
  public @Nullable Row one(Statement<?> statement) {
    return execute(statement).one();
  }

  /** Executes a lightweight transaction, and returns whether its condition held. */
  public boolean applied(Statement<?> statement) {
    Row row = one(statement);
    return row == null || row.getBoolean("[applied]");
  }

  /** Executes statements at the same time, and waits for all of them. */
  public void executeAll(Collection<? extends Statement<?>> statements) {
    List<CompletionStage<AsyncResultSet>> started = new ArrayList<>();
    statements.forEach(statement -> started.add(submit(statement)));
    started.forEach(this::join);
  }

  /** Executes a statement and returns the rows of all pages. */
  public List<Row> all(Statement<?> statement) {
    return all(submit(statement));
  }

  /** Waits for a statement that {@link #submit} started and returns the rows of all pages. */
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

  /** Waits for the outcome of a call that {@link #submit} started, within the {@link Deadline}. */
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
