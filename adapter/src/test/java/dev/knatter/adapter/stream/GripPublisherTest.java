package dev.knatter.adapter.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;
import dev.knatter.adapter.json.Json;
import dev.knatter.adapter.stream.GripPublisher.Item;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class GripPublisherTest {
  @AutoClose
  private final Proxy one = new Proxy();
  @AutoClose
  private final Proxy other = new Proxy();

  /** A control port. */
  private static final class Proxy implements AutoCloseable {
    final List<Map<String, @Nullable Object>> taken = new CopyOnWriteArrayList<>();
    volatile int status = 200;
    private final HttpServer http;

    Proxy() {
      try {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      http.createContext("/publish/", exchange -> {
        taken.add(new Json().object(exchange.getRequestBody().readAllBytes()));
        byte[] answer = "Published\n".getBytes(UTF_8);
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
      });
      http.start();
    }

    String url() {
      return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    @Override
    public void close() {
      http.stop(0);
    }
  }

  private static GripPublisher publisher(String urls) {
    return new GripPublisher(GripPublisher.parse(urls), Duration.ofSeconds(10));
  }

  private static Item frames(String... texts) {
    List<Frame> frames = new ArrayList<>();
    for (String text : texts) {
      frames.add(Frame.of(text, "id-" + text));
    }
    return new Item("user:1", new Publication.Frames(frames));
  }

  @Test
  void items_reachEveryProxy_inBothFormats_inOrder() {
    try (GripPublisher publisher = publisher(one.url() + ", " + other.url())) {
      Item end = new Item("user:2", new Publication.End(List.of(Frame.of("bye")), new Close(1008, "over")));
      assertThat(publisher.publish(List.of(frames("a", "b"), end))).isTrue();
    }
    Map<String, Object> expected = Map.of("items", List.of(
        item("user:1", Map.of("content", "id: id-a\ndata: a\n\n"), Map.of("content", "a")),
        item("user:1", Map.of("content", "id: id-b\ndata: b\n\n"), Map.of("content", "b")),
        item("user:2", Map.of("content", "data: bye\n\n"), Map.of("content", "bye")),
        item("user:2", Map.of("action", "close"),
            Map.of("action", "close", "code", 1008L, "reason", "over"))));
    assertThat(one.taken).singleElement().isEqualTo(expected);
    assertThat(other.taken).singleElement().isEqualTo(expected);
  }

  private static Map<String, Object> item(String channel, Map<String, Object> stream,
      Map<String, Object> message) {
    return Map.of("channel", channel, "formats", Map.of("http-stream", stream, "ws-message", message));
  }

  @Test
  void publication_thatOneProxyHasNotTaken_isNotAccepted() {
    try (GripPublisher publisher = publisher(one.url() + "," + other.url())) {
      other.status = 500;
      assertThat(publisher.publish(List.of(frames("a")))).isFalse();
      other.status = 200;
      assertThat(publisher.publish(List.of(frames("a")))).isTrue();
    }
    Proxy gone = new Proxy();
    gone.close();
    try (GripPublisher publisher = publisher(one.url() + "," + gone.url())) {
      assertThat(publisher.publish(List.of(frames("a")))).isFalse();
    }
    try (GripPublisher publisher = publisher("http://nobody.invalid:5561")) {
      assertThat(publisher.publish(List.of(frames("a")))).isFalse();
    }
    assertThat(one.taken).hasSize(3);
  }

  @Test
  void proxyThatIsAway_doesNotKeepOthersFromBeingTold() {
    Proxy gone = new Proxy();
    gone.close();
    try (GripPublisher publisher = publisher("http://nobody.invalid:5561," + gone.url() + "," + one.url())) {
      List<Item> large = Collections.nCopies(20, frames("x".repeat(64 * 1024)));
      assertThat(publisher.publish(large)).isFalse();
      assertThat(publisher.publish(List.of(frames("a")))).isFalse(); // while the one that is away is left alone, too
    }
    int bodies = GripItems.bodies(Collections.nCopies(20, frames("x".repeat(64 * 1024)))).size();
    assertThat(one.taken).hasSize(bodies + 1);
  }

  @Test
  void manyItems_areNoLargerThanAProxyTakes() {
    try (GripPublisher publisher = publisher(one.url())) {
      assertThat(publisher.publish(Collections.nCopies(20, frames("x".repeat(64 * 1024))))).isTrue();
      assertThat(publisher.publish(List.of())).isTrue();
    }
    assertThat(one.taken).hasSizeGreaterThan(2)
      .allSatisfy(
          body -> assertThat(new Json().write(body)).hasSizeLessThan(1_000_000));
  }

  @Test
  void urls_areReadStrictly() {
    assertThat(GripPublisher.parse("http://a:5561, https://b/p")).containsExactly(
        URI.create("http://a:5561/publish/"),
        URI.create("https://b/p"));
    assertThat(GripPublisher.parse("")).isEmpty();
    for (String url : List.of("a:5561", "ftp://a", "http://", "http:///x", "a b")) {
      assertThatIllegalArgumentException().isThrownBy(() -> GripPublisher.parse(url));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new Item("a b", Publication.Frames.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new Item("a", new Publication.Wake("")));
  }
}
