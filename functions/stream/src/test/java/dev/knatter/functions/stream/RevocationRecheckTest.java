package dev.knatter.functions.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import dev.knatter.adapter.stream.StreamEvent;
import dev.knatter.chat.account.Device;
import dev.knatter.chat.account.Login;
import dev.knatter.chat.account.Sessions;
import dev.knatter.chat.account.Usernames;
import dev.knatter.chat.live.Bell;
import dev.knatter.chat.live.Channel;
import dev.knatter.chat.live.FramePublisher;
import dev.knatter.chat.live.Proxies;
import dev.knatter.chat.message.MessageViews;
import dev.knatter.chat.reaction.Reactions;
import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Lambda;
import dev.knatter.guard.Guard;
import dev.knatter.guard.HeldGuard;
import dev.knatter.shared.DomainError.Unauthenticated;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.store.Stores;
import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.Revoker;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Sessions end here without a publication, as if it had come before the proxy had subscribed the connection. */
final class RevocationRecheckTest {
  @RegisterExtension
  static final RealStores real = RealStores.ofProduct();

  private static final Duration NOW = Duration.ZERO;
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration NEVER = Duration.ofDays(1);
  private static final String OPENED = """
      {"type":"OPENED","kind":"WEBSOCKET","holder":"PROXY","connectionId":"one","query":{}}""";

  private final List<Proxies.Item> told = new CopyOnWriteArrayList<>();
  private Installation installation;
  private HeldGuard guard;
  private Login ada;

  @BeforeEach
  void start(@TempDir Path keys) throws Exception {
    installation = Installation.on(real, keys);
    guard = Guard.create(installation.env(), installation.stores()).held();
    ada = installation.login(installation.register("ada" + System.nanoTime()), Device.UNKNOWN);
  }

  @AfterEach
  void stop() {
    installation.close();
  }

  private FramePublisher frames() {
    Stores stores = installation.stores();
    Proxies proxies = new Proxies() {
      @Override
      public boolean exist() {
        return true;
      }

      @Override
      public boolean accept(List<Item> items) {
        return told.addAll(items);
      }
    };
    return new FramePublisher(new Bell(stores.redis()), proxies,
        new MessageViews(new Usernames(stores.cassandra()),
            new Reactions(stores.cassandra(), stores.clock())),
        frame -> frame.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void endSession() {
    new Sessions(installation.stores().cassandra(),
        new Revoker(installation.stores().cassandra(), installation.ids()))
      .endOwn(ada.identity());
  }

  /** Until then a check may be made by a read from before the end. */
  private void awaitEndKnown() {
    await().until(() -> {
      try {
        guard.requireStillLive(ada.identity());
        return false;
      } catch (Unauthenticated e) {
        return true;
      }
    });
  }

  private void assertEnded(Identity identity, String connection) {
    assertThat(told).singleElement().satisfies(item -> {
      assertThat(item.channel()).isEqualTo(Channel.connection(identity.userId(), connection));
      assertThat(item.frame()).contains("revoked");
      assertThat(item.isLast()).isTrue();
    });
  }

  @Test
  void connectionOfASessionThatHasEnded_isEnded_andAnotherIsNot() {
    Login grace = installation.login(installation.register("grace" + System.nanoTime()), Device.UNKNOWN);
    endSession();
    awaitEndKnown();
    try (RevocationRecheck recheck = new RevocationRecheck(guard, this::frames, NOW, SHORT, 10)) {
      recheck.opened(grace.identity(), "hers");
      recheck.opened(ada.identity(), "one");
    }
    assertEnded(ada.identity(), "one");
  }

  @Test
  void attemptThatFails_isMadeOnceMoreLater() {
    endSession();
    awaitEndKnown();
    AtomicInteger attempts = new AtomicInteger();
    try (RevocationRecheck recheck = new RevocationRecheck(guard, () -> {
      if (attempts.incrementAndGet() == 1) {
        throw new IllegalStateException("away");
      }
      return frames();
    }, NOW, SHORT, 1)) {
      recheck.opened(ada.identity(), "one");
      await().until(() -> !told.isEmpty());
    }
    assertThat(attempts).hasValue(2);
    assertEnded(ada.identity(), "one");
  }

  @Test
  void connectionForWhoseCheckThereIsNoPlace_isRefused_andAStopMakesTheChecksAtOnce() {
    endSession();
    awaitEndKnown();
    try (RevocationRecheck recheck = new RevocationRecheck(guard, this::frames, NOW, NEVER, 1)) {
      recheck.opened(ada.identity(), "one");
      assertThatThrownBy(() -> recheck.opened(ada.identity(), "two")).isInstanceOf(Unavailable.class);
      assertThat(told).isEmpty();
    }
    assertEnded(ada.identity(), "one");
  }

  /** By the function itself, with its own delays. */
  @Test
  void openingAtAProxy_isCheckedAgain_alsoWhereTheProcessStops(@TempDir Path keys) throws Exception {
    List<String> published = new CopyOnWriteArrayList<>();
    HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy.createContext("/publish/", exchange -> {
      published.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
    });
    proxy.start();
    try {
      try (Installation atProxy = Installation.on(real, keys,
          Map.of("KNATTER_GRIP", "http://127.0.0.1:" + proxy.getAddress().getPort() + "/publish/"))) {
        Lambda lambda = atProxy.onLambda(StreamEvent.class, StreamEndpoints::endpoints);
        Map<String, String> headers = Map.of("Content-Type", "application/json", "Authorization",
            atProxy.authorization(ada.identity()));
        assertThat(lambda.post("/v1/stream", headers, OPENED).status()).isEqualTo(200);
        endSession();
        assertThat(published).isEmpty();
      }
      assertThat(published).singleElement(STRING)
        .contains(Channel.connection(ada.identity().userId(), "one"), "revoked");
    } finally {
      proxy.stop(0);
    }
  }
}
