package dev.knatter.shared.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import dev.knatter.embedded.EmbeddedCassandra;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Env;
import dev.knatter.testing.CapturedLog;
import dev.knatter.testing.TcpProxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests with a Cassandra of their own that asks for passwords and permissions. The Cassandra that all other tests share
 * asks for none.
 */
final class CassandraPasswordTest {
  private static final String ROLES = "KNATTER_CASSANDRA_USERNAME and KNATTER_CASSANDRA_PASSWORD";

  @TempDir
  static Path folder;

  private static EmbeddedCassandra node;
  private static TcpProxy proxy;

  @AutoClose
  private final CapturedLog log = new CapturedLog();

  @BeforeAll
  static void start() throws Exception {
    node = EmbeddedCassandra.startTemporary(folder, ProcessHandle.current().pid(), _ -> {},
        List.of("authenticator: PasswordAuthenticator", "authorizer: CassandraAuthorizer"));
    proxy = new TcpProxy(node.contactPoint());
    CassandraSettings first = as("cassandra", "cassandra");
    await().ignoreExceptions().untilAsserted(() -> CqlSessions.openWithoutKeyspace(first).close());
    Migrations.apply(first, "{'class': 'SimpleStrategy', 'replication_factor': 1}");
    execute("CREATE ROLE ada WITH LOGIN = true AND PASSWORD = 'analytical'",
        "GRANT SELECT ON KEYSPACE knatter TO ada",
        "CREATE ROLE zoe WITH LOGIN = true AND PASSWORD = 'zoology'",
        "GRANT SELECT ON KEYSPACE knatter TO zoe",
        "CREATE ROLE eve WITH LOGIN = true AND PASSWORD = 'eavesdrop'");
  }

  @AfterAll
  static void stop() {
    proxy.close();
    node.close();
  }

  private static void execute(String... statements) {
    try (CqlSession session = CqlSessions.openWithoutKeyspace(as("cassandra", "cassandra"))) {
      List.of(statements).forEach(session::execute);
    }
  }

  private static CassandraSettings as(String role, String password) {
    return CassandraSettings
      .from(Env.of(Map.of("KNATTER_CASSANDRA_CONTACT_POINTS", "127.0.0.1:" + proxy.port(),
          "KNATTER_CASSANDRA_USERNAME", role, "KNATTER_CASSANDRA_PASSWORD", password)));
  }

  private void says(Cassandra cassandra, String... words) {
    await().untilAsserted(() -> assertThat(cassandra.isUp()).contains(false));
    assertThat(log.lines("WARN dev.knatter")).as("%s", log.lines())
      .hasSize(1)
      .first()
      .asString()
      .contains(words);
    assertThat(log.lines())
      .noneMatch(line -> line.contains("gue55ed") || line.contains("analytical") || line.contains("ada"));
  }

  @Test
  void passwordThatIsWrong_isNamed_andNotShown() {
    try (Cassandra cassandra = Cassandra.open(as("ada", "gue55ed"), Clock.systemUTC())) {
      says(cassandra, "refuses the role or its password", ROLES);
    }
  }

  @Test
  void roleThatIsWanted_isNamed() {
    CassandraSettings nobody = CassandraSettings
      .from(Env.of(Map.of("KNATTER_CASSANDRA_CONTACT_POINTS", "127.0.0.1:" + proxy.port())));
    try (Cassandra cassandra = Cassandra.open(nobody, Clock.systemUTC())) {
      says(cassandra, "wants a role", ROLES);
    }
  }

  @Test
  void roleWithoutPermission_isNamed() {
    try (Cassandra cassandra = Cassandra.open(as("eve", "eavesdrop"), Clock.systemUTC())) {
      says(cassandra, "may not use the keyspace knatter", "SELECT");
    }
  }

  /** The session is already open, and its connections cannot be made again. */
  @Test
  void roleThatIsShutOutLater_isNamed() {
    CassandraSettings zoe = as("zoe", "zoology");
    try (Cassandra cassandra = Cassandra.open(zoe, Clock.systemUTC())) {
      Cql select = cassandra.cql("SELECT user_id FROM users LIMIT 1");
      assertThat(cassandra.one(select.bind())).isNull();
      execute("ALTER ROLE zoe WITH LOGIN = false");
      // The node caches roles for two seconds.
      await()
        .until(() -> catchThrowable(() -> CqlSessions.open(zoe).close()) instanceof AllNodesFailedException);
      proxy.cut();
      proxy.restore();
      await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
        assertThat(catchThrowable(() -> cassandra.one(select.bind()))).isInstanceOf(Unavailable.class);
        assertThat(log.lines("WARN dev.knatter"))
          .anyMatch(line -> line.contains("refuses the role or its password"));
      });
    }
  }
}
