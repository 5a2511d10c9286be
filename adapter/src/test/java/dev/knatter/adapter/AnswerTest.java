package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.knatter.adapter.Samples.Nothing;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** How a function's message becomes an HTTP answer. */
final class AnswerTest {
  private static final Map<String, Object> ALL_HEADERS = Map.ofEntries(Map.entry("statusCode", 429),
      Map.entry("Retry-After", 7), Map.entry("WWW-Authenticate", "Bearer"),
      Map.entry("Idempotency-Replayed", true), Map.entry("ETag", "\"1\""), Map.entry("Location", "/notes/1"),
      Map.entry("Cache-Control", "max-age=60"), Map.entry("RateLimit", "\"default\";r=5;t=1"),
      Map.entry("RateLimit-Policy", "\"default\";q=10;w=1"), Map.entry("Authorization", "Bearer secret"),
      Map.entry("Set-Cookie", "a=b"), Map.entry("Cookie", "a=b"), Map.entry("X-Other", "x"),
      Map.entry("ce-id", "1"),
      Map.entry("contentType", "application/problem+json"));

  record Wire(Instant at, String text, List<Integer> numbers) {}

  private static Map<String, Object> cycle() {
    Map<String, Object> cycle = new LinkedHashMap<>();
    cycle.put("again", cycle);
    return cycle;
  }

  private static Endpoint<Nothing> answering(String name, Object payload, Map<String, Object> headers) {
    return new Endpoint<>(Route.open("GET", "/" + name, name, Nothing.class),
        _ -> new GenericMessage<>(payload, headers));
  }

  @AutoClose
  private static final FunctionServer SERVER = FunctionServer.start(Samples.options(), () -> true,
      List.of(
          answering("record",
              new Wire(Instant.parse("2026-11-21T08:00:00.120999999Z"), "é😀\u0000", List.of(1)), Map.of()),
          answering("headers", "", ALL_HEADERS),
          answering("text", "plain", Map.of("contentType", "text/plain")),
          answering("bytes", new byte[]{'o', 'k'}, Map.of("contentType", "application/octet-stream")),
          answering("empty", "", Map.of()), answering("204", Map.of("a", 1), Map.of("statusCode", 204)),
          answering("304", Map.of("a", 1), Map.of("statusCode", 304, "ETag", "\"1\"")),
          answering("99", "", Map.of("statusCode", 99)), answering("600", "", Map.of("statusCode", 600)),
          answering("notInt", "", Map.of("statusCode", "200")),
          answering("splitting", "", Map.of("Location", "/a\r\nSet-Cookie: a=b")),
          answering("unwritable", cycle(), Map.of()),
          new Endpoint<>(Route.open("GET", "/null", "null", Nothing.class), _ -> nothing()),
          new Endpoint<>(Route.open("GET", "/throws", "throws", Nothing.class), _ -> {
            throw new IllegalStateException("secret of the store");
          }),
          new Endpoint<>(Route.open("GET", "/overflows", "overflows", Nothing.class), AnswerTest::overflow)));

  @SuppressWarnings("NullAway") // a function may do this, whatever its type says
  private static Message<?> nothing() {
    return null;
  }

  @SuppressWarnings("InfiniteRecursion")
  private static Message<?> overflow(Message<Nothing> message) {
    return overflow(message);
  }

  private static RawHttp.Reply get(String path) throws IOException {
    return RawHttp.exchange(SERVER.port(), "GET " + path + " HTTP/1.1\nHost: x\n\n");
  }

  @Test
  void record_isJsonWithMilliseconds() throws IOException {
    RawHttp.Reply reply = get("/record");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.body())
      .isEqualTo("{\"at\":\"2026-11-21T08:00:00.120Z\",\"text\":\"é😀\\u0000\",\"numbers\":[1]}");
  }

  @Test
  void onlyTheListedHeaders_areCopied() throws IOException {
    RawHttp.Reply reply = get("/headers");
    assertThat(reply.status()).isEqualTo(429);
    Map<String, String> others = new LinkedHashMap<>(reply.headers());
    others.remove("Date");
    assertThat(others).containsExactlyInAnyOrderEntriesOf(Map.ofEntries(Map.entry("Retry-After", "7"),
        Map.entry("WWW-Authenticate", "Bearer"), Map.entry("Idempotency-Replayed", "true"),
        Map.entry("ETag", "\"1\""),
        Map.entry("Location", "/notes/1"), Map.entry("Cache-Control", "max-age=60"),
        Map.entry("RateLimit", "\"default\";r=5;t=1"), Map.entry("RateLimit-Policy", "\"default\";q=10;w=1"),
        Map.entry("X-Content-Type-Options", "nosniff"), Map.entry("Set-Cookie", "a=b"),
        Map.entry("Content-Length", "0")));
  }

  @Test
  void textAndBytes_areWrittenAsTheyAre() throws IOException {
    assertThat(get("/text").body()).isEqualTo("plain");
    assertThat(get("/text").header("Content-Type")).isEqualTo("text/plain");
    assertThat(get("/bytes").body()).isEqualTo("ok");
  }

  @Test
  void emptyPayload_isAnEmptyBody() throws IOException {
    assertThat(get("/empty").header("Content-Length")).isEqualTo("0");
    assertThat(get("/empty").headers()).doesNotContainKey("Content-Type");
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  void statusWithoutBody_hasNone(int status) throws IOException {
    try (RawHttp http = new RawHttp(SERVER.port())) {
      RawHttp.Reply reply = http.send("GET /" + status + " HTTP/1.1\nHost: x\n\n").read();
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.headers()).doesNotContainKeys("Content-Length", "Transfer-Encoding", "Content-Type");
      assertThat(http.send("GET /empty HTTP/1.1\nHost: x\n\n").read().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/throws", "/overflows", "/99", "/600", "/notInt", "/splitting", "/unwritable",
      "/null"})
  void functionThatFails_is500WithAReference(String path) throws IOException {
    try (RawHttp http = new RawHttp(SERVER.port())) {
      RawHttp.Reply reply = http.send("GET " + path + " HTTP/1.1\nHost: x\n\n").read();
      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(reply.body()).matches("\\{\"type\":\"urn:knatter:problem:internal\","
          + "\"title\":\"Something went wrong on our side\",\"status\":500,\"reference\":\"[0-9a-f]{16}\"}");
      assertThat(http.send("GET /empty HTTP/1.1\nHost: x\n\n").read().status()).isEqualTo(200);
    }
  }

  @Test
  void problemPrefix_isTheOptions() throws IOException {
    try (FunctionServer server = Samples
      .serve(Samples.options().withProblemPrefix("https://errors.example/"))) {
      assertThat(RawHttp.exchange(server.port(), "GET / HTTP/1.1\nHost: x\n\n").body())
        .contains("\"type\":\"https://errors.example/not-found\"");
    }
  }
}
