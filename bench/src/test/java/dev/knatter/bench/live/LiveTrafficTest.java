package dev.knatter.bench.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

import dev.knatter.bench.groups.GroupMaker;
import dev.knatter.bench.live.LivePeople.LiveGroup;
import dev.knatter.bench.live.LiveTraffic.Lateness;
import dev.knatter.bench.live.LiveTraffic.Rate;
import dev.knatter.bench.live.LiveTraffic.Sent;
import dev.knatter.bench.setup.History;
import dev.knatter.bench.setup.RequestFactory;
import dev.knatter.bench.setup.TestUsers;
import dev.knatter.local.Local;
import dev.knatter.local.LocalSettings;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.CassandraSettings;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark's client and its sends, with the product in this process. */
final class LiveTrafficTest {
  @RegisterExtension
  static final RealStores stores = RealStores.ofProduct();

  private static final int READERS = LivePeople.GROUP;

  private static Local local;
  private static Env env;
  private static TestUsers users;
  private static LivePeople people;

  private final LiveSockets sockets = new LiveSockets();
  private final LiveTraffic traffic;

  LiveTrafficTest() {
    traffic = new LiveTraffic(local.uri().getPort(), () -> 0, sockets, users,
        new RequestFactory(env, users));
  }

  @BeforeAll
  static void open(@TempDir Path data) throws InterruptedException {
    local = Local.start(new LocalSettings(0, data, stores.env()), false, _ -> {});
    env = Env.of(local.environment());
    users = new TestUsers(System.currentTimeMillis());
    try (Cassandra cassandra = Cassandra.open(CassandraSettings.from(env), Clock.systemUTC());
        GroupMaker maker = new GroupMaker(cassandra, users)) {
      new History(cassandra).write(users);
      people = LivePeople.write(cassandra, maker, users, READERS);
    }
    LivePeople.renewTokens(env, people.readers());
  }

  @AfterAll
  static void close() {
    local.close();
  }

  @AfterEach
  void cut() {
    sockets.close();
    people.readers().forEach(reader -> {
      reader.forgetArrivals();
      reader.cursor("");
    });
  }

  private void connect(List<LiveReader> readers) throws InterruptedException {
    assertThat(sockets.open(local.uri().getPort(), readers).refused()).isZero();
    sockets.requireOpen(readers.size());
  }

  @Test
  void message_reachesTheReaderWhomItIsSentTo() throws Exception {
    List<LiveReader> readers = people.readers(2);
    connect(readers);

    Lateness lateness = traffic.toSingle(readers, 6);

    assertThat(lateness.missed()).isZero();
    assertThat(lateness.latencies().count()).isEqualTo(6);
    assertThat(readers.stream().mapToInt(reader -> reader.arrivals().size()).sum()).isEqualTo(6);
  }

  @Test
  void messageToAGroup_countsOnceForEachMember() throws Exception {
    connect(people.readers());
    List<LiveGroup> groups = people.groups(READERS);

    Rate rate = traffic.toGroups(groups, 1);

    assertThat(groups).hasSize(1);
    assertThat(rate.perSecond()).isPositive();
    assertThat(people.readers()).extracting(reader -> reader.arrivals().keySet())
      .containsOnly(people.readers().getFirst().arrivals().keySet());
  }

  @Test
  void readerWhoseConnectionBroke_catchesUp() throws Exception {
    List<LiveReader> readers = people.readers(3);
    connect(readers);
    sockets.cut();
    List<Sent> away = traffic.toEach(readers);
    assertThat(LiveTraffic.missing(away)).isEqualTo(3);

    connect(readers);

    assertThat(LiveTraffic.missing(away)).isZero();
  }

  @Test
  void connectionThatIsGone_isNoticed() throws Exception {
    connect(people.readers(2));
    sockets.cut();

    assertThatIllegalStateException().isThrownBy(() -> sockets.requireOpen(2))
      .withMessageContaining("0 of 2");
  }
}
