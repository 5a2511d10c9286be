package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CorsTest {
  private static final String PREFLIGHT = "Access-Control-Request-Method: POST\nAccess-Control-Request-Headers: x-secret\n";

  @AutoClose
  private static final FunctionServer NONE = Samples.serve();
  @AutoClose
  private static final FunctionServer SOME = Samples
    .serve(Samples.options().withOrigins(List.of("https://chat.example", "http://localhost:3000")));
  @AutoClose
  private static final FunctionServer ONE = Samples
    .serve(impatient().withOrigins(List.of("https://chat.example")));
  @AutoClose
  private static final FunctionServer IMPATIENT = Samples
    .serve(impatient().withOrigins(List.of("https://chat.example", "http://localhost:3000")));
  @AutoClose
  private static final FunctionServer ALL = Samples.serve(Samples.options().withOrigins(List.of("*")));

  private static ServerOptions impatient() {
    return Samples.options()
      .withTimeouts(new ServerOptions.Timeouts(Duration.ofSeconds(30), Duration.ofMillis(300),
          Duration.ofMillis(300), Duration.ofSeconds(10)));
  }

  private static RawHttp.Reply request(FunctionServer server, String line, String fields) throws IOException {
    return RawHttp.exchange(server.port(), line + " HTTP/1.1\nHost: x\n" + fields + "\n");
  }

  @Test
  void preflight_ofAConfiguredOrigin_isAllowed() throws IOException {
    RawHttp.Reply reply = request(SOME, "OPTIONS /notes", "Origin: https://chat.example\n" + PREFLIGHT);
    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo("https://chat.example");
    assertThat(reply.header("Access-Control-Allow-Methods")).isEqualTo("OPTIONS, POST");
    assertThat(reply.header("Access-Control-Allow-Headers"))
      .contains("Authorization", "Content-Type", "Idempotency-Key")
      .doesNotContain("x-secret");
    assertThat(reply.header("Access-Control-Max-Age")).isNotEmpty();
    assertThat(reply.headers()).doesNotContainKey("Access-Control-Allow-Credentials");
    assertThat(reply.header("Vary")).isEqualTo("Origin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "https://chat.example.evil.example", "http://chat.example",
      "null",
      "https://CHAT.example", "https://chat.example:443", "*"})
  void preflight_ofAnotherOrigin_isNotAllowed(String origin) throws IOException {
    RawHttp.Reply reply = request(SOME, "OPTIONS /notes", "Origin: " + origin + "\n" + PREFLIGHT);
    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.headers().keySet()).noneMatch(name -> name.startsWith("Access-Control"));
    assertThat(reply.header("Vary")).isEqualTo("Origin");
  }

  @Test
  void answer_toAConfiguredOrigin_isReadable() throws IOException {
    for (String line : List.of("GET /notes/a", "GET /nothing", "GET /healthz")) {
      RawHttp.Reply reply = request(SOME, line, "Origin: http://localhost:3000\n");
      assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo("http://localhost:3000");
      assertThat(reply.header("Access-Control-Expose-Headers")).contains("Retry-After", "ETag");
      assertThat(reply.header("Vary")).isEqualTo("Origin");
    }
    assertThat(request(SOME, "GET /notes/a", "").header("Vary")).isEqualTo("Origin");
    assertThat(request(SOME, "GET /notes/a", "Origin: https://chat.example\nOrigin: https://chat.example\n")
      .headers())
      .doesNotContainKey("Access-Control-Allow-Origin");
  }

  @Test
  void anyOrigin_isAnsweredWithAStar() throws IOException {
    RawHttp.Reply reply = request(ALL, "GET /notes/a", "Origin: https://anybody.example\n");
    assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(reply.headers()).doesNotContainKey("Vary");
  }

  @Test
  void withoutConfiguredOrigins_nothingIsAllowed() throws IOException {
    RawHttp.Reply reply = request(NONE, "OPTIONS /notes", "Origin: https://chat.example\n" + PREFLIGHT);
    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.headers().keySet()).noneMatch(name -> name.startsWith("Access-Control"));
    assertThat(reply.headers()).doesNotContainKey("Vary");
  }

  private static final String ORIGIN = "Origin: http://localhost:3000\n";
  private static final String JSON = "Content-Type: application/json\n";

  /** Whatever the server itself answers, and in whatever state of a request. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      400 | GET / HTTP/1.1\\n%oHost: a b\\n\\n
      400 | GET / HTTP/1.1\\nHost: x\\n%oHost: x\\n\\n
      400 | POST /notes HTTP/1.1\\nHost: x\\n%oTransfer-Encoding: gzip, chunked\\n\\n
      400 | POST /notes HTTP/1.1\\nHost: x\\n%oContent-Length: one\\n\\n
      400 | POST /notes HTTP/1.1\\nHost: x\\n%o%jTransfer-Encoding: chunked\\n\\nxyz\\n
      400 | GET /a HTTP/1.1\\nHost: x\\n%ono field\\n\\n
      408 | POST /notes HTTP/1.1\\nHost: x\\n%o%jContent-Length: 9\\n\\n{
      411 | POST /notes HTTP/1.1\\nHost: x\\n%o%j\\n
      413 | POST /small HTTP/1.1\\nHost: x\\n%o%jContent-Length: 65\\n\\n
      413 | POST /small HTTP/1.1\\nHost: x\\n%o%jTransfer-Encoding: chunked\\n\\n50\\n%80\\n0\\n\\n
      415 | POST /notes HTTP/1.1\\nHost: x\\n%oContent-Type: a/b\\nContent-Length: 1\\n\\nx
      417 | POST /notes HTTP/1.1\\nHost: x\\n%o%jExpect: miracles\\nContent-Length: 2\\n\\n{}
      431 | GET / HTTP/1.1\\nHost: x\\n%oX-Short: x\\nX-Long: %20000\\n\\n
      """)
  void refusal_ofTheServerItself_isReadableForAConfiguredOrigin(int status, String request)
      throws IOException {
    String text = request.strip()
      .replace("\\n", "\n")
      .replace("%o", ORIGIN)
      .replace("%j", JSON)
      .replace("%80", "x".repeat(80))
      .replace("%20000", "x".repeat(20_000));
    RawHttp.Reply reply = RawHttp.exchange(IMPATIENT.port(), text);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo("http://localhost:3000");
    assertThat(reply.header("Access-Control-Expose-Headers")).contains("Retry-After");
    assertThat(reply.header("Vary")).isEqualTo("Origin");
    RawHttp.Reply toAnother = RawHttp.exchange(IMPATIENT.port(),
        text.replace("http://localhost:3000", "https://evil.example"));
    assertThat(toAnother.status()).isEqualTo(status);
    assertThat(toAnother.headers()).doesNotContainKey("Access-Control-Allow-Origin");
  }

  /** Where the line is too long, or nothing more arrives, nobody knows what Origin would have said. */
  @ParameterizedTest
  @CsvSource({"414,GET /%9000 HTTP/1.1", "408,GET /a HTTP/1.1", "400,GET /a HTTP/9"})
  void refusal_beforeTheOriginIsRead_isReadable(int status, String line) throws IOException {
    String text = line.replace("%9000", "x".repeat(9_000)) + "\n";
    RawHttp.Reply several = RawHttp.exchange(IMPATIENT.port(), text);
    assertThat(several.status()).isEqualTo(status);
    assertThat(several.header("Access-Control-Allow-Origin")).isEqualTo("*");
    RawHttp.Reply one = RawHttp.exchange(ONE.port(), text);
    assertThat(one.header("Access-Control-Allow-Origin")).isEqualTo("https://chat.example");
    if (status != 408) {
      assertThat(RawHttp.exchange(NONE.port(), text).headers())
        .doesNotContainKey("Access-Control-Allow-Origin");
    }
  }
}
