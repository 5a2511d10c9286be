package dev.knatter.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.knatter.adapter.json.Json;
import dev.knatter.chat.publication.ChatEvent;
import dev.knatter.chat.publication.EventReference;
import dev.knatter.chat.publication.EventSink.Outcome;
import dev.knatter.chat.publication.EventType;
import dev.knatter.shared.Env;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpEventSinkTest {
  private static final UUID CONVERSATION = new UUID(7, 8);
  private static final UUID MESSAGE = new UUID(5, 6);
  private static final ChatEvent SENT = new ChatEvent(
      new EventReference(EventType.MESSAGE_SENT, CONVERSATION, MESSAGE),
      Instant.parse("2026-11-29T08:00:00.5Z"),
      Map.of("id", MESSAGE, "contentType", "text/plain", "content", "a secret"));

  private record Received(Map<String, String> fields, String body) {}

  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private volatile int status = 202;
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/knatter/default", this::take);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, values) -> fields.put(name, String.join("|", values)));
    received.add(
        new Received(fields, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private HttpEventSink sink(Map<String, String> more) {
    Map<String, String> env = new TreeMap<>(more);
    env.put("K_SINK", "http://127.0.0.1:" + server.getAddress().getPort() + "/knatter/default");
    return new HttpEventSink(SinkSettings.from(Env.of(env)).orElseThrow());
  }

  @Test
  void event_arrivesAsACloudEvent_withoutWhatTheUserWrote() throws Exception {
    try (HttpEventSink sink = sink(Map.of())) {
      assertThat(sink.deliver(SENT)).isEqualTo(Outcome.ACCEPTED);
    }
    Received event = received.take();
    assertThat(event.fields()).containsEntry("ce-specversion", "1.0")
      .containsEntry("ce-id", "sent-" + MESSAGE)
      .containsEntry("ce-source", "/knatter")
      .containsEntry("ce-type", "dev.knatter.message.sent.v1")
      .containsEntry("ce-subject", CONVERSATION.toString())
      .containsEntry("ce-partitionkey", CONVERSATION.toString())
      .containsEntry("ce-time", "2026-11-29T08:00:00.500Z")
      .containsEntry("ce-dataschema", "urn:knatter:schema:dev.knatter.message.sent.v1")
      .containsEntry("Content-Type", "application/json");
    assertThat(new Json().object(event.body().getBytes(StandardCharsets.UTF_8)))
      .isEqualTo(Map.of("id", MESSAGE.toString(), "contentType", "text/plain"));
  }

  @Test
  void environment_decidesSourceContentAndExtensions() throws Exception {
    try (
        HttpEventSink sink = sink(Map.of("KNATTER_EVENTS_SOURCE", "/chat/caf\u00e9", "KNATTER_EVENTS_CONTENT",
            "true", "K_CE_OVERRIDES", "{\"extensions\":{\"tenant\":\"blue\",\"id\":\"not this\"}}"))) {
      assertThat(sink.deliver(SENT)).isEqualTo(Outcome.ACCEPTED);
    }
    Received event = received.take();
    assertThat(event.fields()).containsEntry("ce-source", "/chat/caf%C3%A9")
      .containsEntry("ce-tenant", "blue")
      .containsEntry("ce-id", "sent-" + MESSAGE);
    assertThat(event.body()).contains("\"content\":\"a secret\"");
  }

  @ParameterizedTest
  @CsvSource({"200, ACCEPTED", "202, ACCEPTED", "204, ACCEPTED", "301, AWAY", "400, REFUSED", "401, AWAY",
      "403, AWAY",
      "404, AWAY", "413, REFUSED", "415, REFUSED", "422, REFUSED", "429, AWAY", "500, AWAY", "503, AWAY"})
  void answer_says_whatBecameOfTheEvent(int answer, Outcome outcome) {
    status = answer;
    try (HttpEventSink sink = sink(Map.of())) {
      assertThat(sink.deliver(SENT)).isEqualTo(outcome);
    }
  }

  @Test
  void sinkThatIsNotThere_isAway() {
    server.stop(0);
    try (HttpEventSink sink = sink(Map.of())) {
      assertThat(sink.deliver(SENT)).isEqualTo(Outcome.AWAY);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"not an address", "broker", "ftp://broker/", "http:///path"})
  void sinkThatIsNoAddress_stopsTheStart(String sink) {
    assertThatThrownBy(() -> SinkSettings.from(Env.of(Map.of("K_SINK", sink))))
      .isInstanceOf(IllegalArgumentException.class)
      .hasMessageContaining("K_SINK");
  }

  @Test
  void otherVariablesThatDoNotFit_stopTheStart() {
    assertThatThrownBy(() -> sink(Map.of("KNATTER_EVENTS_CONTENT", "yes")))
      .hasMessageContaining("KNATTER_EVENTS_CONTENT");
    assertThatThrownBy(() -> sink(Map.of("K_CE_OVERRIDES", "[]"))).hasMessageContaining("K_CE_OVERRIDES");
  }

  @Test
  void withoutASink_nothingIsPublished() {
    assertThat(SinkSettings.from(Env.of(Map.of()))).isEmpty();
  }
}
