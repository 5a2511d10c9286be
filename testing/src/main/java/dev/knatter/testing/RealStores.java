package dev.knatter.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.embedded.EmbeddedRedis;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Real Cassandra and Redis for a test class. The class gets a keyspace without rows in the Cassandra that all tests of the
 * build share, and a Redis of its own. The code under test reaches both through proxies that can fail.
 *
 * <pre>{@code @RegisterExtension static final RealStores stores = new RealStores();}</pre>
 */
public final class RealStores implements BeforeAllCallback, AfterAllCallback {
  private static final String VERSIONS = "schema_versions";
  /** What the product's migrations have written for themselves. */
  private static final Set<String> TABLES_OF_MIGRATIONS = Set.of(VERSIONS, "schema_lock");

  private final boolean ofProduct;
  private @Nullable Opened opened;

  private record Opened(String keyspace, BuildCassandra node, CqlSession session, EmbeddedRedis redisProcess,
      TcpProxy cassandra, TcpProxy redis) {}

  /** The keyspace is new, and has no tables. */
  public RealStores() {
    this(false);
  }

  private RealStores(boolean ofProduct) {
    this.ofProduct = ofProduct;
  }

  /**
   * The keyspace has the product's tables where an earlier class has made them, and none where there was no such class. A class that
   * makes others, or changes them, takes a new one.
   */
  public static RealStores ofProduct() {
    return new RealStores(true);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    BuildCassandra node = BuildCassandra.get();
    CqlSession session = TestSession.open(node);
    Optional<String> earlier = ofProduct ? ProductKeyspaces.of(node).take() : Optional.empty();
    String keyspace = earlier.orElseGet(() -> create(session));
    session.execute("USE " + keyspace);
    EmbeddedRedis redis = EmbeddedRedis.start(node.folder().resolve("redis-" + UUID.randomUUID()), 0,
        _ -> {});
    opened = new Opened(keyspace, node, session, redis, new TcpProxy(node.contactPoint()),
        new TcpProxy("127.0.0.1:" + redis.port()));
    if (hasTablesOfProduct()) {
      beginNow();
    }
  }

  private static String create(CqlSession session) {
    String keyspace = "t" + UUID.randomUUID().toString().replace("-", "");
    // Nobody starts this node again. Without a log of its writes a keyspace is also dropped sooner: Cassandra would first write all
    // tables to disk that are in the same segments, for each table that goes.
    session.execute("CREATE KEYSPACE " + keyspace
        + " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1} AND durable_writes = false");
    return keyspace;
  }

  /** The product's sweeps begin at the moment at which the schema was applied. */
  private void beginNow() {
    for (Row row : session().execute("SELECT keyspace_name, version FROM " + VERSIONS)) {
      session().execute(
          "UPDATE " + VERSIONS
              + " SET applied_at = totimestamp(now()) WHERE keyspace_name = ? AND version = ?",
          row.getString("keyspace_name"), row.getInt("version"));
    }
  }

  /** Whether the product's migrations need not run. */
  public boolean hasTablesOfProduct() {
    return tables().contains(VERSIONS);
  }

  private Set<String> tables() {
    return session()
      .execute("SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?", keyspace())
      .map(row -> Objects.requireNonNull(row.getString("table_name")))
      .all()
      .stream()
      .collect(Collectors.toSet());
  }

  /** @throws IllegalStateException if reads met many tombstones */
  @Override
  public void afterAll(ExtensionContext context) {
    if (opened == null) {
      return;
    }
    opened.cassandra().close();
    opened.redis().close();
    opened.redisProcess().close();
    List<String> warnings = TombstoneWarnings.of(opened.node().log(), keyspace());
    if (ofProduct && warnings.isEmpty()) {
      empty();
      ProductKeyspaces.of(opened.node()).giveBack(keyspace());
    } else {
      session().execute("DROP KEYSPACE IF EXISTS " + keyspace());
    }
    session().close();
    if (!warnings.isEmpty()) {
      throw new IllegalStateException("Reads met many tombstones: " + warnings);
    }
  }

  private void empty() {
    tables().stream()
      .filter(table -> !TABLES_OF_MIGRATIONS.contains(table))
      .map(table -> session().executeAsync("TRUNCATE " + table).toCompletableFuture())
      .toList()
      .forEach(CompletableFuture::join);
  }

  /** Returns the variables by which the code under test finds these stores through the proxies. */
  public Map<String, String> env() {
    return Map.of(
        "KNATTER_CASSANDRA_CONTACT_POINTS", "127.0.0.1:" + cassandra().port(),
        "KNATTER_CASSANDRA_DATACENTER", opened().node().datacenter(),
        "KNATTER_CASSANDRA_KEYSPACE", keyspace(),
        "KNATTER_REDIS_URL", "redis://127.0.0.1:" + redis().port());
  }

  public String keyspace() {
    return opened().keyspace();
  }

  /** Returns a session for assertions. It uses the keyspace and does not go through the proxy. */
  public CqlSession session() {
    return opened().session();
  }

  /** Returns the proxy between the code under test and Cassandra. */
  public TcpProxy cassandra() {
    return opened().cassandra();
  }

  /** Returns the proxy between the code under test and Redis. */
  public TcpProxy redis() {
    return opened().redis();
  }

  /** Returns the process id of Cassandra. */
  public long cassandraPid() {
    return opened().node().pid();
  }

  public EmbeddedRedis redisProcess() {
    return opened().redisProcess();
  }

  /** Deletes everything in Redis, as a restart would. */
  public void flushRedis() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redisProcess().port())) {
      socket.getOutputStream().write("FLUSHALL\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readNBytes(3), StandardCharsets.US_ASCII);
      if (!answer.equals("+OK")) {
        throw new IOException("Redis answered " + answer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Opened opened() {
    if (opened == null) {
      throw new IllegalStateException("Register this extension in a static field");
    }
    return opened;
  }
}
