package dev.knatter.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Map;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.knatter.chat.event.EventSignature;
import dev.knatter.chat.event.EventSource;
import dev.knatter.chat.event.EventSources;
import dev.knatter.shared.Env;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventTest {
  private static final String TYPE = "dev.knatter.message.send.v1";
  private static final String DATA = "{\"to\": \"ada\", \"content\": \"hello 👋\"}";

  @TempDir
  private Path folder;
  private HttpServer broker;
  private Headers headers = new Headers();
  private byte[] body = {};
  private int status = 202;

  @BeforeEach
  void listen() throws IOException {
    broker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    broker.createContext("/", exchange -> {
      headers = exchange.getRequestHeaders();
      body = exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
    });
    broker.start();
  }

  @AfterEach
  void close() {
    broker.stop(0);
  }

  private String sink() {
    return "http://127.0.0.1:" + broker.getAddress().getPort() + "/knatter/default";
  }

  private int send(Path keys, String... more) throws InterruptedException {
    String[] words = {"--sink", sink(), "--key-file", keys.toString(), "--type", TYPE, "--id", "order-7"};
    String[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return EventMain.run(all);
  }

  private static String signature(EventSource source, Headers of) {
    return EventSignature.sign(source.key(), "order-7", source.name(), TYPE,
        OffsetDateTime.parse(of.getFirst("ce-time")).toInstant(), DATA.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void event_isSignedWithAConfiguredKeyAndPosted() throws Exception {
    String sources = EventSources.template("/local");
    Path file = Files.writeString(folder.resolve("event-sources.json"), sources);
    assertThat(send(file, "--data", DATA)).isZero();

    EventSource source = EventSources.from(Env.of(Map.of("KNATTER_EVENT_SOURCES", sources))).all().getFirst();
    assertThat(new String(body, StandardCharsets.UTF_8)).isEqualTo(DATA);
    assertThat(headers.getFirst("Content-Type")).isEqualTo("application/json");
    assertThat(headers.getFirst("ce-source")).isEqualTo("/local");
    assertThat(headers.getFirst("ce-type")).isEqualTo(TYPE);
    assertThat(headers.getFirst("ce-time")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    assertThat(headers.getFirst("ce-knattersignature")).isEqualTo(signature(source, headers));
  }

  @Test
  void event_isSignedWithABareKey_ofTheSourceThatIsNamed() throws Exception {
    String sources = EventSources.template("/shop");
    String key = sources.replaceAll("(?s).*\"key\": \"([^\"]*)\".*", "$1");
    Path file = Files.writeString(folder.resolve("shop.key"), key + "\n");
    assertThat(send(file, "--data", DATA, "--source", "/shop")).isZero();

    EventSource source = EventSources.from(Env.of(Map.of("KNATTER_EVENT_SOURCES", sources))).all().getFirst();
    assertThat(headers.getFirst("ce-knattersignature")).isEqualTo(signature(source, headers));
    assertThat(send(file, "--data", DATA)).isEqualTo(2);
  }

  @Test
  void answerThatIsNone_isAFailure() throws Exception {
    Path file = Files.writeString(folder.resolve("event-sources.json"), EventSources.template("/local"));
    status = 400;
    assertThat(send(file, "--data", DATA)).isEqualTo(1);
    broker.stop(0);
    assertThat(send(file, "--data", DATA)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--data", "--data [", "--data 7", "--date {}", "--data {} --source /none",
      "--data {} --key-file /nowhere"})
  void wrongUse_isRefused(String words) throws Exception {
    Path file = Files.writeString(folder.resolve("event-sources.json"), EventSources.template("/local"));
    assertThat(send(file, words.split(" "))).isEqualTo(2);
    assertThat(headers.isEmpty()).isTrue();
  }
}
