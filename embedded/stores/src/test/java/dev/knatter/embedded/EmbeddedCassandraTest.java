package dev.knatter.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedCassandraTest {
  private static final long SELF = ProcessHandle.current().pid();

  @TempDir
  Path folder;

  @Test
  void start_afterTheOwnerWasKilled_hasTheData() throws Exception {
    Launched owner = Launched.start("cassandra", folder);
    List<String> started = owner.awaitStarted();
    try (CqlSession session = session(started.get(1))) {
      session
        .execute("CREATE KEYSPACE k WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
      session.execute("CREATE TABLE k.t (id int PRIMARY KEY)");
      session.execute("INSERT INTO k.t (id) VALUES (7)");
      // This checks the setting, because a test that kills Cassandra would notice a wrong one only by chance.
      assertThat(session.execute("SELECT value FROM system_views.settings WHERE name = 'commitlog_sync'")
        .all()).singleElement().satisfies(row -> assertThat(row.getString("value")).isEqualTo("batch"));
    }
    owner.kill();

    // The new node starts at once, while the old one still writes its memory to disk.
    EmbeddedCassandra again = EmbeddedCassandra.start(folder, 0, SELF, _ -> {});
    assertThat(ProcessHandle.of(Long.parseLong(started.get(0)))).isEmpty();
    try (CqlSession session = session(again.contactPoint())) {
      assertThat(session.execute("SELECT id FROM k.t").all()).hasSize(1);
    }
    again.close();
    assertThat(ProcessHandle.of(again.pid())).isEmpty();
  }

  @Test
  void owner_killedHalfWay_leavesNobody() throws Exception {
    Launched owner = Launched.start("cassandra", folder);
    owner.awaitChild();
    owner.kill();
    owner.awaitNobodyLeft();
  }

  @Test
  void start_onAPortInUse_namesThePort() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> EmbeddedCassandra.start(folder, other.getLocalPort(), SELF, _ -> {}))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("port " + other.getLocalPort());
    }
  }

  private static CqlSession session(String contactPoint) {
    int port = Integer.parseInt(contactPoint.substring(contactPoint.indexOf(':') + 1));
    return CqlSession.builder()
      .addContactPoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
      .withLocalDatacenter("datacenter1")
      .withConfigLoader(DriverConfigLoader.programmaticBuilder()
        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(30))
        .build())
      .build();
  }
}
