package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import dev.knatter.adapter.event.Event;
import dev.knatter.adapter.event.EventSender;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.cloud.function.cloudevent.CloudEventMessageUtils;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** CloudEvents 1.0 over HTTP: the only answers are 202, 400, 413, 415 and 503. */
final class EventTest {
  private static final String BINARY = "ce-specversion: 1.0\nce-id: 1\nce-source: /chat\nce-type: sent\n";
  private static final String DATA = "{\"text\":\"hi\",\"status\":200}";

  record Sent(String text, int status, @Nullable String error) {}

  private static final BlockingQueue<Message<Sent>> CONSUMED = new LinkedBlockingQueue<>();

  @AutoClose
  private static final FunctionServer SERVER = FunctionServer.start(Samples.options(), () -> true,
      List.of(new Endpoint<>(Route.event("consume", Sent.class).maxBody(2000), EventTest::consume)));

  private static final BlockingQueue<Message<byte[]>> TAKEN = new LinkedBlockingQueue<>();

  @AutoClose
  private static final FunctionServer ANY = FunctionServer.start(Samples.options(), () -> true,
      List.of(new Endpoint<>(Route.event("take", byte[].class), event -> {
        TAKEN.add(event);
        return new GenericMessage<>(new byte[0], Map.of("statusCode", 202));
      })));

  private static Message<?> consume(Message<Sent> event) {
    if (event.getPayload().error() != null) {
      throw new IllegalStateException(event.getPayload().error());
    }
    CONSUMED.add(event);
    return new GenericMessage<>(Map.of("answer", "not for the broker"),
        Map.of("statusCode", event.getPayload().status(), "Retry-After", 7, "ce-id", "2", "ce-type",
            "reply"));
  }

  @BeforeEach
  void forget() {
    CONSUMED.clear();
  }

  private static RawHttp.Reply post(String fields, String body) throws IOException {
    return RawHttp.exchange(SERVER.port(), "POST / HTTP/1.1\nHost: x\n" + fields + "Content-Length: "
        + body.getBytes(StandardCharsets.UTF_8).length + "\n\n" + body);
  }

  private static RawHttp.Reply binary(String attributes) throws IOException {
    return post("Content-Type: application/json\n" + attributes, DATA);
  }

  private static RawHttp.Reply structured(String event) throws IOException {
    return post("Content-Type: application/cloudevents+json; charset=utf-8\n", event);
  }

  private static Map<String, Object> consumedHeaders() throws InterruptedException {
    Map<String, Object> headers = new TreeMap<>(CONSUMED.take().getHeaders());
    headers.remove("id");
    headers.remove("timestamp");
    return headers;
  }

  private static void assertAccepted(RawHttp.Reply reply) {
    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.body()).isEmpty();
    assertThat(reply.headers()).containsOnlyKeys("Date", "Content-Length", "Cache-Control",
        "X-Content-Type-Options");
  }

  private static void assertPoison(RawHttp.Reply reply) {
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("\"type\":\"urn:knatter:problem:invalid-request\"");
    assertThat(CONSUMED).isEmpty();
  }

  @Test
  void binary_isConsumed() throws Exception {
    assertAccepted(binary(BINARY + "ce-subject: caf%C3%A9%20%22x%22\nCE-Time: 2026-11-21T08:00:00.5+01:00\n"
        + "ce-partitionkey: 7\ntraceparent: 00-1-2-01\nAuthorization: Bearer x\n"));
    assertThat(CONSUMED.element().getPayload()).isEqualTo(new Sent("hi", 200, null));
    assertThat(consumedHeaders())
      .isEqualTo(Map.of("ce-specversion", "1.0", "ce-id", "1", "ce-source", "/chat", "ce-type", "sent",
          "ce-subject", "café \"x\"", "ce-time", "2026-11-21T08:00:00.5+01:00", "ce-partitionkey", "7",
          "traceparent", "00-1-2-01"));
  }

  @Test
  void structured_isConsumed() throws Exception {
    assertAccepted(structured(
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"urn:x\",\"type\":\"sent\",\"subject\":\"s\","
            + "\"time\":\"2026-11-21T08:00:00Z\",\"datacontenttype\":\"application/json\",\"dataschema\":\"https://a.example/s\","
            + "\"count\":5,\"flag\":true,\"other\":null,\"data\":" + DATA + "}"));
    assertThat(CONSUMED.element().getPayload()).isEqualTo(new Sent("hi", 200, null));
    assertThat(consumedHeaders())
      .isEqualTo(Map.of("ce-specversion", "1.0", "ce-id", "1", "ce-source", "urn:x", "ce-type", "sent",
          "ce-subject", "s", "ce-time", "2026-11-21T08:00:00Z", "ce-datacontenttype", "application/json",
          "ce-dataschema", "https://a.example/s", "ce-count", "5", "ce-flag", "true"));
  }

  /** A function that reads them by Spring Cloud Function's own methods runs behind every adapter of it. */
  @Test
  void attributes_areThoseOfSpringCloudFunction() throws Exception {
    assertAccepted(binary(BINARY + "ce-subject: s\nce-time: 2026-11-21T08:00:00Z\nce-dataschema: urn:d\n"));
    Message<Sent> message = CONSUMED.take();
    assertThat(CloudEventMessageUtils.isCloudEvent(message)).isTrue();
    assertThat(CloudEventMessageUtils.getSpecVersion(message)).isEqualTo("1.0");
    assertThat(CloudEventMessageUtils.getId(message)).isEqualTo("1");
    assertThat(CloudEventMessageUtils.getSource(message)).isEqualTo(URI.create("/chat"));
    assertThat(CloudEventMessageUtils.getType(message)).isEqualTo("sent");
    assertThat(CloudEventMessageUtils.getSubject(message)).isEqualTo("s");
    assertThat(CloudEventMessageUtils.getTime(message))
      .isEqualTo(OffsetDateTime.parse("2026-11-21T08:00:00Z"));
    assertThat(CloudEventMessageUtils.getDataSchema(message)).isEqualTo(URI.create("urn:d"));
  }

  @Test
  void structured_withBase64Data_isConsumed() throws Exception {
    String encoded = Base64.getEncoder().encodeToString(DATA.getBytes(StandardCharsets.UTF_8));
    String start = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/c\",\"type\":\"t\",\"data_base64\":";
    assertAccepted(structured(start + "\"" + encoded + "\"}"));
    assertThat(CONSUMED.take().getPayload().text()).isEqualTo("hi");
    String inUrls = Base64.getUrlEncoder()
      .withoutPadding()
      .encodeToString(DATA.replace("hi", "\u00ff\u00bf>?").getBytes(StandardCharsets.UTF_8));
    assertThat(inUrls).containsPattern("[-_]");
    assertAccepted(structured(start + "\"" + inUrls + "\"}"));
    assertThat(CONSUMED.take().getPayload().text()).isEqualTo("\u00ff\u00bf>?");
    assertPoison(structured(start + "\"" + encoded + "\",\"data\":{}}"));
    assertPoison(structured(start + "\"%%\"}"));
    assertPoison(structured(start + "5}"));
    assertPoison(structured(start + "\"bm8=\"}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ce-specversion: 1.0\n",
      "ce-specversion: 0.3\nce-id: 1\nce-source: /c\nce-type: t\n",
      "ce-id: 1\nce-source: /c\nce-type: t\n", "ce-specversion: 1.0\nce-id:\nce-source: /c\nce-type: t\n",
      "ce-specversion: 1.0\nce-id: 1\nce-type: t\n", "ce-specversion: 1.0\nce-id: 1\nce-source: /c\n",
      "ce-specversion: 1.0\nce-id: 1\nce-source: a b\nce-type: t\n", BINARY + "ce-id: 2\n",
      BINARY + "CE-TYPE: t\n",
      BINARY + "ce-time: yesterday\n", BINARY + "ce-time: 2026-11-21\n", BINARY + "ce-subject:\n",
      BINARY + "ce-bad_name: x\n",
      BINARY + "ce-: x\n", BINARY + "ce-subject: %\n", BINARY + "ce-subject: %FF\n",
      BINARY + "ce-subject: caf\u00e9\n",
      BINARY + "ce-datacontenttype: application/json\n", BINARY + "ce-dataschema: a b\n",
      BINARY + "traceparent: a\ntraceparent: b\n"})
  void binary_thatIsNoCloudEvent_isPoison(String attributes) throws IOException {
    assertPoison(binary(attributes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "", "x",
      "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/c\",\"type\":\"t\"}",
      "{\"specversion\":1.0,\"id\":\"1\",\"source\":\"/c\",\"type\":\"t\",\"data\":" + DATA + "}",
      "{\"specversion\":\"1.0\",\"id\":1,\"source\":\"/c\",\"type\":\"t\",\"data\":" + DATA + "}",
      "{\"specversion\":\"1.0\",\"id\":\"1\",\"id\":\"2\",\"source\":\"/c\",\"type\":\"t\",\"data\":" + DATA
          + "}",
      "{\"specversion\":\"1.0\",\"id\":\"\",\"source\":\"/c\",\"type\":\"t\",\"data\":" + DATA + "}",
      "{\"specversion\":\"1.0\",\"id\":null,\"source\":\"/c\",\"type\":\"t\",\"data\":" + DATA + "}",
      "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/c\",\"type\":\"t\",\"Ext\":\"x\",\"data\":" + DATA
          + "}",
      "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/c\",\"type\":\"t\",\"ext\":{},\"data\":" + DATA
          + "}",
      "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/c\",\"type\":\"t\",\"ext\":1.5,\"data\":" + DATA
          + "}",
      "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/c\",\"type\":\"t\",\"datacontenttype\":\"text/plain\",\"data\":"
          + DATA + "}",
      "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/c\",\"type\":\"t\",\"time\":\"\",\"data\":" + DATA
          + "}",
      "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/c\",\"type\":\"t\",\"data\":null}",
      "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/c\",\"type\":\"t\",\"data\":\"{}\"}",
      "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/c\",\"type\":\"t\",\"data\":[" + DATA + "]}"})
  void structured_thatIsNoCloudEvent_isPoison(String event) throws IOException {
    assertPoison(structured(event));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "{\"text\":5,\"status\":200}",
      "{\"text\":\"x\",\"status\":200,\"more\":1}", "x",
      "{\"text\":\"x\"}"})
  void dataThatDoNotFit_arePoison(String data) throws IOException {
    assertPoison(post("Content-Type: application/json\n" + BINARY, data));
  }

  @Test
  void dataThatDoNotFit_arePointedAt() throws IOException {
    assertThat(post("Content-Type: application/json\n" + BINARY, "{\"text\":5,\"status\":200}").body())
      .contains("\"errors\":[{\"pointer\":\"/data/text\",\"detail\":\"must be a string of valid Unicode\"}]");
    assertThat(binary("ce-specversion: 1.0\nce-source: /c\nce-type: t\n").body())
      .contains("\"errors\":[{\"pointer\":\"/id\",\"detail\":\"must not be empty\"}]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Type: application/cloudevents-batch+json\n", "Content-Type: text/plain\n",
      "Content-Type: application/cloudevents+xml\n", "Content-Type: application/x-www-form-urlencoded\n", "",
      "Content-Type: application/json; charset=utf-16\n"})
  void otherContentType_is415(String field) throws IOException {
    assertThat(post(field + BINARY, DATA).status()).isEqualTo(415);
  }

  @ParameterizedTest
  @CsvSource({"200, 202", "201, 202", "202, 202", "204, 202", "299, 202", "303, 400", "400, 400", "401, 400",
      "403, 400", "404, 400",
      "413, 400", "422, 400", "408, 503", "409, 503", "429, 503", "500, 503", "502, 503", "503, 503",
      "599, 503", "7, 503"})
  void statusOfTheFunction_becomesAVerdict(int function, int broker) throws IOException {
    RawHttp.Reply reply = post("Content-Type: application/json\n" + BINARY,
        DATA.replace("200", "" + function));
    assertThat(reply.status()).isEqualTo(broker);
    assertThat(reply.headers().keySet()).noneMatch(name -> name.startsWith("ce-"));
    assertThat(reply.body()).doesNotContain("not for the broker");
    assertThat(reply.header("Retry-After").isEmpty()).isEqualTo(broker != 503);
    assertThat(CONSUMED).hasSize(1);
  }

  @Test
  void functionThatThrows_is503() throws IOException {
    RawHttp.Reply reply = post("Content-Type: application/json\n" + BINARY,
        "{\"text\":\"x\",\"status\":200,\"error\":\"secret\"}");
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.header("Retry-After")).isNotEmpty();
    assertThat(reply.body()).doesNotContain("secret");
  }

  @Test
  void tooLargeEvent_is413() throws IOException {
    assertThat(post("Content-Type: application/json\n" + BINARY, " ".repeat(2001)).status()).isEqualTo(413);
  }

  private static void assertTaken(String type, String data) throws Exception {
    Message<byte[]> taken = TAKEN.take();
    assertThat(taken.getHeaders().get("ce-datacontenttype")).isEqualTo(type);
    assertThat(new String(taken.getPayload(), StandardCharsets.UTF_8)).isEqualTo(data);
  }

  @Test
  void attributeThatNoHeaderCanHold_isNotSent() {
    try (EventSender sender = new EventSender(Duration.ofSeconds(10))) {
      URI sink = URI.create("http://127.0.0.1:" + ANY.port());
      for (String[] wrong : new String[][]{{"datacontenttype", "text/plain\r\nce-type: other"},
          {"a b", "1"}}) {
        Map<String, String> attributes = new TreeMap<>(
            Map.of("specversion", "1.0", "id", "1", "source", "/x", "type", "t"));
        attributes.put(wrong[0], wrong[1]);
        assertThatIllegalArgumentException()
          .isThrownBy(() -> sender.send(sink, new Event(attributes, new byte[0])));
      }
    }
    assertThat(TAKEN).isEmpty();
  }

  @Test
  void dataOfAnyType_areTakenAsTheyAre_whereTheFunctionWants() throws Exception {
    try (EventSender sender = new EventSender(Duration.ofSeconds(10))) {
      URI sink = URI.create("http://127.0.0.1:" + ANY.port());
      Map<String, String> attributes = new TreeMap<>(
          Map.of("specversion", "1.0", "id", "caf\u00e9 \"1\" %", "source", "/x", "type", "t"));
      assertThat(sender.send(sink, new Event(attributes, new byte[0])).status()).isEqualTo(202);
      Message<byte[]> empty = TAKEN.take();
      assertThat(empty.getPayload()).isEmpty();
      assertThat(empty.getHeaders()).containsEntry("ce-id", "caf\u00e9 \"1\" %")
        .doesNotContainKey("ce-datacontenttype");
      attributes.put("datacontenttype", "text/plain; charset=latin1");
      byte[] data = {'\n', 'a', ' '};
      assertThat(sender.send(sink, new Event(attributes, data)).body()).isEmpty();
      assertTaken("text/plain; charset=latin1", "\na ");
      attributes.remove("type");
      assertThat(sender.send(sink, new Event(attributes, data)).status()).isEqualTo(400);
    }
    String start = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/c\",\"type\":\"t\",\"datacontenttype\":";
    for (String event : List.of(start + "\"text/xml\",\"data\":\"<a/>\"}",
        start + "\"text/xml\",\"data_base64\":\"PGEvPg==\"}")) {
      assertThat(RawHttp
        .exchange(ANY.port(), "POST / HTTP/1.1\nHost: x\nContent-Type: application/cloudevents+json\n"
            + "Content-Length: " + event.length() + "\n\n" + event)
        .status()).isEqualTo(202);
      assertTaken("text/xml", "<a/>");
    }
    assertThat(TAKEN).isEmpty();
  }

  @Test
  void otherMethodsAndPaths_areNotThere() throws IOException {
    RawHttp.Reply get = RawHttp.exchange(SERVER.port(), "GET / HTTP/1.1\nHost: x\n\n");
    assertThat(get.status()).isEqualTo(405);
    assertThat(get.header("Allow")).isEqualTo("OPTIONS, POST");
    assertThat(
        RawHttp.exchange(SERVER.port(), "POST /consume HTTP/1.1\nHost: x\nContent-Length: 0\n\n").status())
      .isEqualTo(404);
    assertThat(RawHttp.exchange(SERVER.port(), "GET /healthz HTTP/1.1\nHost: x\n\n").status()).isEqualTo(200);
  }
}
