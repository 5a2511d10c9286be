package dev.knatter.shared.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Env;
import dev.knatter.testing.CapturedLog;
import dev.knatter.testing.RealStores;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the log says when Cassandra cannot be used, at the start and later. */
final class CassandraProblemTest {
  private static final String ADDRESS = "KNATTER_CASSANDRA_CONTACT_POINTS";
  private static final String AUTHORITIES = "KNATTER_CASSANDRA_TLS_CA";

  @RegisterExtension
  static final RealStores stores = new RealStores();

  @TempDir
  Path folder;

  @AutoClose
  private final CapturedLog log = new CapturedLog();

  @BeforeAll
  static void migrate() throws Exception {
    Migrations.apply(CassandraSettings.from(Env.of(stores.env())),
        "{'class': 'SimpleStrategy', 'replication_factor': 1}");
  }

  @AfterEach
  void restore() {
    stores.cassandra().restore();
  }

  private static Cassandra open(String... more) {
    Map<String, String> env = new HashMap<>(stores.env());
    for (int i = 0; i < more.length; i += 2) {
      env.put(more[i], more[i + 1]);
    }
    return Cassandra.open(CassandraSettings.from(Env.of(env)), Clock.systemUTC());
  }

  private void says(Cassandra cassandra, String... words) {
    await().untilAsserted(() -> assertThat(cassandra.isUp()).contains(false));
    assertThat(log.lines("WARN dev.knatter")).as("%s", log.lines())
      .hasSize(1)
      .first()
      .asString()
      .contains("Cassandra cannot be used")
      .contains(words);
  }

  @Test
  void nobodyThere_isARefusal_andItsEndIsSaid() {
    stores.cassandra().cut();
    try (Cassandra cassandra = open()) {
      says(cassandra, "connection is refused", ADDRESS);
      assertThat(cassandra.missing()).contains("the message store is not connected");
      stores.cassandra().restore();
      await().until(cassandra::ready);
      assertThat(cassandra.missing()).isEmpty();
      await().untilAsserted(() -> assertThat(cassandra.isUp()).contains(true));
      assertThat(log.lines("INFO")).anyMatch(line -> line.contains("Cassandra can be used again"));
    }
  }

  @Test
  void storeThatGoesLater_isNamedOnce_andItsEndIsSaid() {
    try (Cassandra cassandra = open()) {
      Cql select = cassandra.cql("SELECT user_id FROM users LIMIT 1");
      cassandra.one(select.bind());
      stores.cassandra().cut();
      await().untilAsserted(() -> {
        fails(() -> cassandra.one(select.bind()));
        assertThat(cassandra.isUp()).contains(false);
      });
      for (int i = 0; i < 20; i++) {
        fails(() -> cassandra.one(select.bind()));
      }
      says(cassandra, "connection is refused", ADDRESS);
      stores.cassandra().restore();
      await().ignoreException(Unavailable.class).until(() -> cassandra.one(select.bind()) == null);
      await().untilAsserted(() -> assertThat(cassandra.isUp()).contains(true));
    }
  }

  private static void fails(ThrowingCallable call) {
    assertThat(catchThrowable(call)).isInstanceOf(Unavailable.class);
  }

  @Test
  void hostThatNobodyKnows_isDns() {
    try (Cassandra cassandra = open(ADDRESS, "nowhere.invalid:9042")) {
      says(cassandra, "DNS", ADDRESS);
    }
  }

  @Test
  void dataCenterOfAnotherName_isNamed() {
    try (Cassandra cassandra = open("KNATTER_CASSANDRA_DATACENTER", "elsewhere")) {
      says(cassandra, "data center elsewhere", "KNATTER_CASSANDRA_DATACENTER");
    }
  }

  @Test
  void keyspaceThatIsMissing_isNamed() {
    try (Cassandra cassandra = open("KNATTER_CASSANDRA_KEYSPACE", "nothing_here")) {
      says(cassandra, "keyspace is missing", "schema Job");
      assertThat(cassandra.missing()).contains("the schema of the message store is missing or too old");
    }
  }

  @Test
  void tls_ofAnotherAuthority_isNamed() throws Exception {
    try (TlsFront front = TlsFront.before(stores.cassandra().port(), folder);
        TlsFront other = TlsFront.before(stores.cassandra().port(),
            Files.createDirectory(folder.resolve("other")));
        Cassandra cassandra = open(ADDRESS, "localhost:" + front.port(), AUTHORITIES, other.certificate())) {
      says(cassandra, "authority that is not trusted", AUTHORITIES);
    }
  }

  @Test
  void tls_forAnotherName_isNamed() throws Exception {
    try (TlsFront front = TlsFront.named("elsewhere.example.com", stores.cassandra().port(), folder);
        Cassandra cassandra = open(ADDRESS, "localhost:" + front.port(), AUTHORITIES, front.certificate())) {
      says(cassandra, "another host name", ADDRESS);
    }
  }

  @Test
  void tls_whereTheServerHasNone_isNamed() throws Exception {
    try (TlsFront front = TlsFront.before(stores.cassandra().port(), folder);
        Cassandra cassandra = open(ADDRESS, "127.0.0.1:" + stores.cassandra().port(), AUTHORITIES,
            front.certificate())) {
      says(cassandra, "without TLS", ADDRESS);
    }
  }

  @Test
  void tls_thatTheServerWants_isNamed() throws Exception {
    try (TlsFront front = TlsFront.before(stores.cassandra().port(), folder);
        Cassandra cassandra = open(ADDRESS, "localhost:" + front.port())) {
      says(cassandra, ADDRESS, AUTHORITIES);
    }
  }
}
