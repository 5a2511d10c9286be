package dev.knatter.chat.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.account.Usernames;
import dev.knatter.chat.message.MessageViews;
import dev.knatter.chat.reaction.Reactions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ProxyConnectionsTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private final List<String> ended = new CopyOnWriteArrayList<>();
  private final Proxies proxies = new Proxies() {
    @Override
    public boolean exist() {
      return true;
    }

    @Override
    public boolean accept(List<Item> items) {
      items.stream().filter(Item::isLast).map(Item::channel).forEach(ended::add);
      return true;
    }
  };
  private final FramePublisher frames = new FramePublisher(new Bell(stores.redis()), proxies,
      new MessageViews(new Usernames(stores.cassandra()),
          new Reactions(stores.cassandra(), Clock.systemUTC())),
      frame -> ("{\"type\":\"" + frame.type() + "\"}").getBytes(StandardCharsets.UTF_8));
  private final ProxyConnections connections = new ProxyConnections(stores.redis(), () -> frames);
  private final UUID ada = UUID.randomUUID();
  private final UUID grace = UUID.randomUUID();

  @Test
  void oneConnectionTooMany_endsTheOldestThatIsNotClosed() {
    for (int i = 0; i < ProxyConnections.MAX; i++) {
      connections.opened(ada, "id-" + i);
    }
    connections.closed(ada, "id-0");
    connections.opened(grace, "id-0");
    connections.opened(ada, "in its place");
    connections.opened(ada, "one too many");
    await().until(() -> !ended.isEmpty());
    assertThat(ended).containsExactly(Channel.connection(ada, "id-1"));
  }

  @Test
  void channelOfAConnection_isOfItsUser_whateverItsIdIs() {
    assertThat(Channel.connection(ada, "id")).isNotEqualTo(Channel.connection(grace, "id"))
      .isNotEqualTo(Channel.connection(ada, "other"));
    assertThat(Channel.connection(ada, "x".repeat(128))).matches("[A-Za-z0-9:._~-]{1,128}");
  }
}
