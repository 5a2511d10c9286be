package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

import dev.knatter.adapter.Samples.Nothing;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Compressed answers, and compressed bodies, which are refused. */
final class CompressionTest {
  private static final String LONG = "x".repeat(5_000);
  private static final String SHORT = "x".repeat(1_024);

  @AutoClose
  private static final FunctionServer SERVER = FunctionServer.start(
      Samples.options().withOrigins(List.of("https://chat.example")), () -> true,
      List.of(page("/long", LONG, Map.of()), page("/short", SHORT, Map.of()), page("/none", "", Map.of()),
          page("/tagged", LONG, Map.of("ETag", "\"a\"")), page("/weak", LONG, Map.of("ETag", "W/\"a\"")),
          page("/refused", LONG, Map.of("statusCode", 404)),
          new Endpoint<>(Route.open("GET", "/secret", "secret", Nothing.class),
              _ -> Samples.answer(200, LONG)),
          new Endpoint<>(Route.open("GET", "/lines", "lines", Nothing.class).lines().compressed(),
              _ -> (Message<?>) new GenericMessage<Object>(
                  IntStream.range(0, 3).mapToObj(n -> List.of(Map.of("n", n))).iterator())),
          Samples.WRITE));

  private static Endpoint<Nothing> page(String path, String text, Map<String, Object> headers) {
    return new Endpoint<>(Route.open("GET", path, path.substring(1), Nothing.class).compressed(),
        _ -> (Message<?>) new GenericMessage<Object>(text, headers));
  }

  private static RawHttp asking(String line, String fields) throws IOException {
    return new RawHttp(SERVER.port()).send(line + " HTTP/1.1\nHost: x\nConnection: close\n" + fields + "\n");
  }

  private static RawHttp.Reply get(String path, String accepted) throws IOException {
    try (RawHttp http = asking("GET " + path, "Accept-Encoding: " + accepted + "\n")) {
      return http.readHead();
    }
  }

  private static String unzipped(byte[] bytes) throws IOException {
    return new String(new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes(),
        StandardCharsets.UTF_8);
  }

  @Test
  void longAnswer_toWhoAcceptsGzip_isCompressed() throws IOException {
    try (RawHttp http = asking("GET /long",
        "Accept-Encoding: gzip, deflate, br\nOrigin: https://chat.example\n")) {
      RawHttp.Reply head = http.readHead();
      assertThat(head.header("Content-Encoding")).isEqualTo("gzip");
      assertThat(head.header("Vary")).isEqualTo("Accept-Encoding, Origin");
      byte[] body = http.readToEnd().getBytes(StandardCharsets.ISO_8859_1);
      assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(body.length));
      assertThat(body).hasSizeLessThan(200);
      assertThat(unzipped(body)).isEqualTo(LONG);
      try (RawHttp again = asking("HEAD /long", "Accept-Encoding: gzip\nOrigin: https://chat.example\n")) {
        RawHttp.Reply sameHead = again.readHead();
        assertThat(sameHead.header("Content-Length")).isEqualTo(head.header("Content-Length"));
        assertThat(sameHead.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(again.isEnded()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "GZIP", "x-gzip", "*", "gzip;q=0.1", "br, gzip;q=0.5, *;q=0",
      "deflate,*;q=0.1",
      "gzip;q=1.0, identity;q=0.5", "gzip;q=0.5, identity;q=0.5", " , gzip ; q=1 ,", "nonsense/x, gzip"})
  void accepted_isCompressed(String accepted) throws IOException {
    assertThat(get("/long", accepted).header("Content-Encoding")).isEqualTo("gzip");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "identity", "br", "gzip;q=0", "gzip;q=0.000, *", "*;q=0, identity", "gzip;q=2",
      "gzip;q=0.5, identity", "gzipped", "gzip;level=1"})
  void notAccepted_isLeftAsItIs(String accepted) throws IOException {
    RawHttp.Reply reply = get("/long", accepted);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers()).doesNotContainKey("Content-Encoding");
    assertThat(reply.header("Content-Length")).isEqualTo("5000");
    assertThat(reply.header("Vary")).isEqualTo("Accept-Encoding, Origin");
  }

  @Test
  void withoutTheField_answerIsLeftAsItIs() throws IOException {
    try (RawHttp http = asking("GET /long", "")) {
      RawHttp.Reply reply = http.read();
      assertThat(reply.body()).isEqualTo(LONG);
      assertThat(reply.header("Vary")).isEqualTo("Accept-Encoding, Origin");
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      /short   | gzip                | 200 | ''
      /short   | gzip, identity;q=0  | 200 | gzip
      /none    | gzip, identity;q=0  | 200 | ''
      /long    | identity;q=0        | 406 | ''
      /long    | br, *;q=0           | 406 | ''
      /tagged  | gzip                | 200 | ''
      /weak    | gzip                | 200 | gzip
      /refused | gzip                | 404 | ''
      /secret  | gzip                | 200 | ''
      /secret  | identity;q=0        | 200 | ''
      """)
  void answer_isCompressedWhereThatIsRight(String path, String accepted, int status, String coding)
      throws IOException {
    RawHttp.Reply reply = get(path, accepted);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("Content-Encoding")).isEqualTo(coding);
  }

  @Test
  void lines_areCompressedAsTheyAreMade() throws IOException {
    try (RawHttp http = asking("GET /lines", "Accept-Encoding: gzip\n")) {
      assertThat(http.readHead().header("Content-Encoding")).isEqualTo("gzip");
      byte[] chunks = http.readToEnd().getBytes(StandardCharsets.ISO_8859_1);
      List<byte[]> parts = Samples.chunks(chunks);
      assertThat(parts).hasSize(4);
      byte[] first = new byte[8];
      GZIPInputStream begun = new GZIPInputStream(new ByteArrayInputStream(parts.getFirst()));
      assertThat(begun.readNBytes(first, 0, 8)).as("the first line can be read before the second is there")
        .isEqualTo(8);
      assertThat(new String(first, StandardCharsets.UTF_8)).isEqualTo("{\"n\":0}\n");
      assertThat(unzipped(Samples.joined(parts))).isEqualTo("{\"n\":0}\n{\"n\":1}\n{\"n\":2}\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "GZIP", "br", "gzip, identity", "nonsense"})
  void codedBody_is415AndSaysWhatIsAccepted(String coding) throws IOException {
    RawHttp.Reply reply = write("Content-Encoding: " + coding + "\n");
    assertThat(reply.status()).isEqualTo(415);
    assertThat(reply.header("Accept-Encoding")).isEqualTo("identity");
    assertThat(reply.body()).contains("urn:knatter:problem:unsupported-media-type", "Content-Encoding");
  }

  @Test
  void bodyOfNoCoding_isRead() throws IOException {
    assertThat(write("Content-Encoding: identity\n").status()).isEqualTo(201);
    assertThat(write("Content-Encoding:\n").status()).isEqualTo(201);
  }

  private static RawHttp.Reply write(String field) throws IOException {
    return RawHttp.exchange(SERVER.port(),
        "POST /notes HTTP/1.1\nHost: x\nContent-Type: application/json\n" + field
            + "Content-Length: 11\n\n{\"stars\":1}");
  }
}
