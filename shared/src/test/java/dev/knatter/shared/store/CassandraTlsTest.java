package dev.knatter.shared.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import dev.knatter.shared.Env;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class CassandraTlsTest {
  @RegisterExtension
  static final RealStores stores = new RealStores();

  @TempDir
  private Path folder;

  @BeforeAll
  static void migrate() throws Exception {
    Migrations.apply(CassandraSettings.from(Env.of(stores.env())),
        "{'class': 'SimpleStrategy', 'replication_factor': 1}");
  }

  private CassandraSettings behind(TlsFront front) throws Exception {
    Map<String, String> variables = new HashMap<>(stores.env());
    variables.put("KNATTER_CASSANDRA_CONTACT_POINTS", "localhost:" + front.port());
    variables.put("KNATTER_CASSANDRA_TLS_CA", front.certificate());
    return CassandraSettings.from(Env.of(variables));
  }

  @Test
  void nodeOfTheAuthority_isReached() throws Exception {
    try (TlsFront front = TlsFront.before(stores.cassandra().port(), folder);
        Cassandra cassandra = Cassandra.open(behind(front), Clock.systemUTC())) {
      await().until(cassandra::ready);
      assertThat(cassandra.one(cassandra.cql("SELECT user_id FROM users LIMIT 1").bind())).isNull();
    }
  }

  @Test
  void nodeOfAnotherName_isRefused() throws Exception {
    try (TlsFront front = TlsFront.named("elsewhere.example.com", stores.cassandra().port(), folder)) {
      CassandraSettings settings = behind(front);
      assertThatExceptionOfType(AllNodesFailedException.class)
        .isThrownBy(() -> CqlSessions.open(settings).close())
        .satisfies(e -> assertThat(e).hasStackTraceContaining("SSLHandshakeException"));
    }
  }
}
