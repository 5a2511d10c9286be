package dev.knatter.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import dev.knatter.adapter.event.Event;
import dev.knatter.adapter.event.EventSender;
import dev.knatter.embedded.CannotStartException;
import dev.knatter.embedded.Ports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the functions of a local instance send events. No store is needed for that: nothing listens where they should be. */
final class LocalSinkTest {
  private static final Map<String, String> NO_STORES = Map.of("KNATTER_CASSANDRA_CONTACT_POINTS",
      "127.0.0.1:1",
      "KNATTER_REDIS_URL", "redis://127.0.0.1:1");
  private static final String ELSEWHERE = "http://127.0.0.1:1/elsewhere";

  @TempDir
  Path data;

  @Test
  void broker_takesEventsAtThePortAboveAndIsTheSink() throws Exception {
    int port = Ports.freePair();
    Event event = new Event(
        Map.of("specversion", "1.0", "id", "1", "source", "/test", "type", "nobody.wants.it"),
        new byte[0]);
    try (Local local = start(port, Map.of()); EventSender sender = new EventSender(Duration.ofSeconds(10))) {
      URI sink = URI.create("http://127.0.0.1:" + (port + 1) + "/knatter/default");
      assertThat(local.sink()).contains(sink.toString());
      assertThat(local.environment()).containsEntry("K_SINK", sink.toString());
      assertThat(sender.send(sink, event).status()).isEqualTo(202);
    }
  }

  @Test
  void broker_isNotStartedWhereTheEnvironmentForbidsItOrNamesAnotherSink() throws Exception {
    try (Local local = start(0, Map.of("KNATTER_BROKER", "off"))) {
      assertThat(local.sink()).isEmpty();
    }
    try (Local local = start(0, Map.of("K_SINK", ELSEWHERE))) {
      assertThat(local.sink()).contains(ELSEWHERE);
    }
  }

  @Test
  void portThatTheBrokerCannotHave_isNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> start(taken.getLocalPort() - 1, Map.of()))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("Port " + taken.getLocalPort());
    }
    assertThatThrownBy(() -> LocalSettings.from(Map.of("KNATTER_PORT", "65535")))
      .isInstanceOf(CannotStartException.class)
      .hasMessageContaining("65534");
    assertThatThrownBy(() -> start(0, Map.of("KNATTER_BROKER", "maybe")))
      .isInstanceOf(CannotStartException.class)
      .hasMessageContaining("KNATTER_BROKER");
  }

  private Local start(int port, Map<String, String> more) throws InterruptedException {
    Map<String, String> env = new HashMap<>(NO_STORES);
    env.putAll(more);
    return Local.start(new LocalSettings(port, data, env), /* fresh= */ false, _ -> {});
  }
}
