package dev.knatter.shared.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Env;
import dev.knatter.testing.RealStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class CassandraTest {
  @RegisterExtension
  static final RealStores stores = new RealStores();

  private static final String REPLICATION = "{'class': 'SimpleStrategy', 'replication_factor': 1}";
  private static CassandraSettings settings;

  @BeforeAll
  static void migrate() throws Exception {
    settings = CassandraSettings.from(Env.of(stores.env()));
    Migrations.apply(settings, REPLICATION);
  }

  @AfterEach
  void restore() {
    stores.cassandra().restore();
  }

  @Test
  void storeThatComesLate_isUsedWhenItComes() {
    stores.cassandra().cut();
    try (Cassandra cassandra = Cassandra.open(settings, Clock.systemUTC())) {
      Cql select = cassandra.cql("SELECT user_id FROM users LIMIT 1");
      assertThat(cassandra.ready()).isFalse();
      assertThatThrownBy(() -> cassandra.one(select.bind())).isInstanceOf(Unavailable.class);
      stores.cassandra().restore();
      await().until(cassandra::ready);
      assertThat(cassandra.one(select.bind())).isNull();
    }
  }

  @Test
  void calls_areTimedByVerbAndTable_onceThereIsARegistry() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (Cassandra cassandra = Cassandra.open(settings, Clock.systemUTC())) {
      Cql select = cassandra.cql("SELECT user_id FROM users LIMIT 1");
      cassandra.meters().bindTo(registry);
      cassandra.one(select.bind());
      cassandra.one(select.bind());
      await().untilAsserted(() -> assertThat(registry.find("knatter.cassandra.calls")
        .tags("statement", "select users", "outcome", "success")
        .timers()).singleElement().satisfies(timer -> assertThat(timer.count()).isEqualTo(2)));
    }
  }

  @Test
  void storeThatStalls_isUnavailableByTheDeadline() {
    try (Cassandra cassandra = Cassandra.open(settings, Clock.systemUTC())) {
      Cql select = cassandra.cql("SELECT user_id FROM users LIMIT 1");
      cassandra.one(select.bind());
      stores.cassandra().stall();
      Callable<Object> twoCalls = () -> {
        try {
          cassandra.one(select.bind());
        } catch (Unavailable e) {
          cassandra.one(select.bind());
        }
        throw new IllegalStateException("Cassandra answered");
      };
      assertThatThrownBy(() -> Deadline.within(Duration.ofMillis(300), twoCalls))
        .isInstanceOf(Unavailable.class);
      stores.cassandra().restore();
      await().ignoreException(Unavailable.class)
        .untilAsserted(() -> assertThat(cassandra.one(select.bind())).isNull());
    }
  }

  /**
   * A virtual thread starts these threads. Virtual threads are daemons, so without the driver's option these threads would
   * be daemons too.
   */
  @Test
  void driversThreads_areWhatItsOptionsSay() {
    try (Cassandra cassandra = Cassandra.open(settings, Clock.systemUTC())) {
      await().until(cassandra::ready);
      assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().matches("s\\d+-(io|admin|timer)-0"))
        .hasSizeGreaterThanOrEqualTo(3)
        .noneMatch(Thread::isDaemon);
    }
  }

  @Test
  void statementThatIsWrong_isOurFaultAndNotTheStores() {
    try (Cassandra cassandra = Cassandra.open(settings, Clock.systemUTC())) {
      await().until(cassandra::ready);
      assertThatThrownBy(() -> cassandra.one(cassandra.cql("SELECT nothing FROM nowhere").bind()))
        .isInstanceOf(QueryValidationException.class);
    }
  }

  @Test
  void keyspaceWithoutSchema_isNotReadyUntilTheSchemaIsThere() throws Exception {
    String keyspace = stores.keyspace().substring(0, 20) + "_empty";
    stores.session().execute("CREATE KEYSPACE " + keyspace + " WITH replication = " + REPLICATION);
    CassandraSettings empty = new CassandraSettings(settings.contactPoints(), settings.datacenter(), keyspace,
        settings.username(), settings.password(), settings.tls());
    try (Cassandra cassandra = Cassandra.open(empty, Clock.systemUTC())) {
      assertThat(cassandra.ready()).isFalse();
      Migrations.apply(empty, REPLICATION);
      await().until(cassandra::ready);
    } finally {
      stores.session().execute("DROP KEYSPACE " + keyspace);
    }
  }

  @Test
  void clockMoreThanASecondOff_isNotReadyAndDoesNotWrite() {
    for (Duration off : new Duration[]{Duration.ofMillis(1_500), Duration.ofMillis(-1_500)}) {
      try (Cassandra cassandra = Cassandra.open(settings, Clock.offset(Clock.systemUTC(), off))) {
        cassandra.one(cassandra.cql("SELECT user_id FROM users LIMIT 1").bind());
        assertThat(cassandra.ready()).isFalse();
        assertThatThrownBy(cassandra::requireClockAgreement).isInstanceOf(Unavailable.class);
      }
    }
  }

  @Test
  void clockSetWhileTheProcessRuns_isNoticedAtOnceAndForgivenWhenItIsRightAgain() {
    AtomicLong offMillis = new AtomicLong();
    InstantSource settable = () -> Instant.now().plusMillis(offMillis.get());
    try (Cassandra cassandra = Cassandra.open(settings, settable.withZone(ZoneOffset.UTC))) {
      await().until(cassandra::ready);
      for (long off : new long[]{1_500, -1_500}) {
        offMillis.set(off);
        assertThat(cassandra.ready()).isFalse();
        assertThatThrownBy(cassandra::requireClockAgreement).isInstanceOf(Unavailable.class);
        offMillis.set(0);
        await().until(cassandra::ready);
      }
    }
  }
}
