package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.knatter.adapter.Samples.Nothing;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Answers that are made while they are sent. */
final class StreamTest {
  private static final AtomicInteger made = new AtomicInteger();
  /** More than sockets hold. */
  private static final int LONG = 10_000;

  private static final Endpoint<Nothing> SHORT = endpoint("short",
      () -> List.of(List.of(Map.of("n", 1), Map.of("n", 2)), List.of(Map.of("n", 3))).iterator());
  private static final Endpoint<Nothing> ENDLESS = endpoint("long", () -> IntStream.range(0, LONG)
    .peek(_ -> made.incrementAndGet())
    .mapToObj(n -> List.of(Map.of("n", n, "text", "x".repeat(10_000))))
    .iterator());
  private static final Endpoint<Nothing> BROKEN = endpoint("broken", () -> Stream
    .iterate(1, n -> n + 1)
    .map(n -> {
      if (n == 3) {
        throw new UncheckedIOException(new IOException("away"));
      }
      return List.of(Map.of("n", n));
    })
    .iterator());

  @AutoClose
  private static final FunctionServer SERVER = serve(Samples.options());
  @AutoClose
  private static final FunctionServer FOR_ONE = serve(Samples.options().withMaxConcurrent(1));

  private interface Lines {
    Iterator<? extends List<?>> make();
  }

  private static Endpoint<Nothing> endpoint(String name, Lines lines) {
    return new Endpoint<>(Route.open("GET", "/" + name, name, Nothing.class).lines(),
        _ -> (Message<?>) new GenericMessage<Object>(lines.make()));
  }

  private static FunctionServer serve(ServerOptions options) {
    return FunctionServer.start(options, () -> true, List.of(SHORT, ENDLESS, BROKEN));
  }

  private static RawHttp asking(String line, String fields) throws IOException {
    return asking(SERVER, line, fields);
  }

  private static RawHttp asking(FunctionServer server, String line, String fields) throws IOException {
    return new RawHttp(server.port()).send(line + "\nHost: x\n" + fields + "\n");
  }

  @Test
  void answer_isLinesInChunks() throws Exception {
    try (RawHttp http = asking("GET /short HTTP/1.1", "")) {
      RawHttp.Reply head = http.readHead();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("Content-Type")).isEqualTo("application/x-ndjson");
      assertThat(head.header("Transfer-Encoding")).isEqualTo("chunked");
      assertThat(head.headers()).doesNotContainKey("Content-Length")
        .containsEntry("Cache-Control", "no-store");
      assertThat(http.readToEnd()).isEqualTo(
          "10\r\n{\"n\":1}\n{\"n\":2}\n\r\n8\r\n{\"n\":3}\n\r\n0\r\n\r\n");
    }
  }

  @Test
  void answer_toWhoKnowsNoChunks_endsWithTheConnection() throws Exception {
    try (RawHttp http = asking("GET /short HTTP/1.0", "")) {
      assertThat(http.readHead().headers()).doesNotContainKey("Transfer-Encoding");
      assertThat(http.readToEnd()).isEqualTo("{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n");
    }
  }

  @Test
  void head_hasNoBodyAndMakesNone() throws Exception {
    int before = made.get();
    try (RawHttp http = asking("HEAD /long HTTP/1.1", "Connection: close\n")) {
      assertThat(http.readHead().header("Content-Type")).isEqualTo("application/x-ndjson");
      assertThat(http.isEnded()).isTrue();
    }
    assertThat(made).hasValue(before);
  }

  @Test
  void partThatCannotBeMade_leavesTheBodyWithoutItsEnd() throws Exception {
    try (RawHttp http = asking("GET /broken HTTP/1.1", "")) {
      assertThat(http.readHead().status()).isEqualTo(200);
      assertThat(http.readToEnd()).isEqualTo("8\r\n{\"n\":1}\n\r\n8\r\n{\"n\":2}\n\r\n");
    }
  }

  /** The one request that may run at a time is the one that is not read. */
  @Test
  void clientThatDoesNotRead_isWaitedForAndNothingIsMadeForHim() throws Exception {
    int before = made.get();
    try (RawHttp http = asking(FOR_ONE, "GET /long HTTP/1.1", "")) {
      assertThat(http.readHead().status()).isEqualTo(200);
      await().until(() -> made.get() > before);
      int soon = settled();
      assertThat(soon - before).isLessThan(LONG / 2);
      assertThat(RawHttp.exchange(FOR_ONE.port(), "GET /short HTTP/1.1\nHost: x\n\n").status())
        .isEqualTo(503);
    }
    await("his place is another's").until(this::isFree);
  }

  private boolean isFree() throws IOException {
    try (RawHttp http = asking(FOR_ONE, "GET /short HTTP/1.1", "")) {
      return http.readHead().status() == 200;
    } catch (EOFException e) {
      return false;
    }
  }

  /** How many were made when no more are. */
  private static int settled() {
    AtomicInteger last = new AtomicInteger(-1);
    await().pollInterval(Duration.ofMillis(500)).until(() -> last.getAndSet(made.get()) == made.get());
    return last.get();
  }

  @Test
  void whoDoesNotTakeLines_is406() throws Exception {
    try (RawHttp http = asking("GET /short HTTP/1.1", "Accept: application/json\n")) {
      assertThat(http.read().status()).isEqualTo(406);
    }
    for (String accept : List.of("application/x-ndjson", "application/*;q=0.1", "*/*")) {
      try (RawHttp http = asking("GET /short HTTP/1.1", "Accept: " + accept + "\n")) {
        assertThat(http.readHead().status()).isEqualTo(200);
      }
    }
  }
}
