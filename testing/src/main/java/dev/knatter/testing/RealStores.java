package dev.knatter.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

import com.datastax.oss.driver.api.core.CqlSession;
import dev.knatter.embedded.EmbeddedRedis;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Real Cassandra and Redis for a test class. The class gets an empty keyspace of its own in the Cassandra that all tests of
 * the build share, and a Redis of its own. The code under test reaches both through proxies that can fail.
 *
 * <pre>{@code @RegisterExtension static final RealStores stores = new RealStores();}</pre>
 */
public final class RealStores implements BeforeAllCallback, AfterAllCallback {
  private @Nullable Opened opened;

  private record Opened(String keyspace, BuildCassandra node, CqlSession session, EmbeddedRedis redisProcess,
      TcpProxy cassandra, TcpProxy redis) {}

  @Override
  public void beforeAll(ExtensionContext context) {
    BuildCassandra node = BuildCassandra.get();
    String keyspace = "t" + UUID.randomUUID().toString().replace("-", "");
    CqlSession session = TestSession.open(node);
    session.execute("CREATE KEYSPACE " + keyspace
        + " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
    session.execute("USE " + keyspace);
    EmbeddedRedis redis = EmbeddedRedis.start(node.folder().resolve("redis-" + keyspace), 0,
        _ -> {});
    opened = new Opened(keyspace, node, session, redis, new TcpProxy(node.contactPoint()),
        new TcpProxy("127.0.0.1:" + redis.port()));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (opened != null) {
      opened.cassandra().close();
      opened.redis().close();
      opened.redisProcess().close();
      opened.session().execute("DROP KEYSPACE IF EXISTS " + opened.keyspace());
      opened.session().close();
    }
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
