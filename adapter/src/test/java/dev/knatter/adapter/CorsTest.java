package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CorsTest {
  private static final String PREFLIGHT = "Access-Control-Request-Method: POST\nAccess-Control-Request-Headers: x-secret\n";

  @AutoClose
  private static final FunctionServer NONE = Samples.serve();
  @AutoClose
  private static final FunctionServer SOME = Samples
    .serve(Samples.options().withOrigins(List.of("https://chat.example", "http://localhost:3000")));
  @AutoClose
  private static final FunctionServer ALL = Samples.serve(Samples.options().withOrigins(List.of("*")));

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
}
