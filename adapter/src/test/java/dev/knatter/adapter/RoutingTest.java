package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RoutingTest {
  @AutoClose
  private static final FunctionServer SERVER = Samples.serve();

  private static RawHttp.Reply request(String line) throws IOException {
    return RawHttp.exchange(SERVER.port(), line + " HTTP/1.1\nHost: x\n\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/nothing", "/notes/", "/notes/a/", "/notes/a/b", "//notes/a", "/notes//",
      "/NOTES/a",
      "/v1/../notes/a", "/./notes/a", "/notes;v=1", "/healthz/", "/notes%2Fa", "/notes/%2e%2e/healthz"})
  void unknownPath_is404(String path) throws IOException {
    RawHttp.Reply reply = request("GET " + path);
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.body()).contains("\"type\":\"urn:knatter:problem:not-found\"");
  }

  @ParameterizedTest
  @CsvSource({"/notes/caf%C3%A9, café", "/notes/a%2Fb, a/b", "/notes/%20, ' '", "/notes/a+b, a+b",
      "/notes/%25, %",
      "/notes/%F0%9F%98%80, 😀", "/notes/..%2f, ../", "/notes/{title}x, {title}x", "/%6eotes/a, a"})
  void escapedSegment_isDecodedAndNeverSplit(String path, String title) throws IOException {
    assertThat(request("GET " + path).body()).isEqualTo("{\"title\":\"" + title + "\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/notes/%", "/notes/%4", "/notes/%zz", "/notes/%-1", "/notes/%FF", "/notes/%C0%AF",
      "/notes/%ED%A0%80", "/notes/%F0%9F%98", "/%", "/healthz%"})
  void badEscape_is400(String path) throws IOException {
    assertThat(request("GET " + path).status()).isEqualTo(400);
  }

  @Test
  void fixedSegment_winsOverVariable() throws IOException {
    assertThat(request("GET /notes/latest").body()).isEqualTo("{\"latest\":true}");
    assertThat(request("DELETE /notes/latest").status()).isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource({"GET, /notes, 'OPTIONS, POST'", "POST, /notes/a, 'DELETE, GET, HEAD, OPTIONS, PATCH, PUT'",
      "HEAD, /notes, 'OPTIONS, POST'", "TRACE, /notes, 'OPTIONS, POST'", "BREW, /notes, 'OPTIONS, POST'",
      "get, /notes/a, 'DELETE, GET, HEAD, OPTIONS, PATCH, PUT'", "POST, /healthz, 'GET, HEAD, OPTIONS'",
      "POST, /metrics, 'GET, HEAD, OPTIONS'"})
  void otherMethod_is405WithAllow(String method, String path, String allow) throws IOException {
    try (RawHttp http = new RawHttp(SERVER.port())) {
      http.send(method + " " + path + " HTTP/1.1\nHost: x\n\n");
      RawHttp.Reply reply = method.equals("HEAD") ? http.readHead() : http.read();
      assertThat(reply.status()).isEqualTo(405);
      assertThat(reply.header("Allow")).isEqualTo(allow);
    }
  }

  @Test
  void head_answersLikeGetWithoutBody() throws IOException {
    RawHttp.Reply get = request("GET /notes/a");
    try (RawHttp http = new RawHttp(SERVER.port())) {
      RawHttp.Reply head = http.send("HEAD /notes/a HTTP/1.1\nHost: x\n\n").readHead();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.headers()).containsKeys("Date");
      assertThat(head.header("Content-Length")).isEqualTo(get.header("Content-Length")).isNotEqualTo("0");
      assertThat(head.header("Content-Type")).isEqualTo("application/json");
      // Had a body followed, it would be read here in place of the next answer.
      assertThat(http.send("GET /notes/b HTTP/1.1\nHost: x\n\n").read().body())
        .isEqualTo("{\"title\":\"b\"}");
    }
  }

  @ParameterizedTest
  @CsvSource({"/notes, 'OPTIONS, POST'", "/notes/a, 'DELETE, GET, HEAD, OPTIONS, PATCH, PUT'",
      "/healthz, 'GET, HEAD, OPTIONS'", "/metrics, 'GET, HEAD, OPTIONS'"})
  void options_is204WithAllow(String path, String allow) throws IOException {
    RawHttp.Reply reply = request("OPTIONS " + path);
    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.header("Allow")).isEqualTo(allow);
    assertThat(reply.headers()).doesNotContainKeys("Content-Length", "Content-Type",
        "Access-Control-Allow-Origin");
  }

  @Test
  void options_ofTheServer_is204() throws IOException {
    assertThat(request("OPTIONS *").status()).isEqualTo(204);
    assertThat(request("GET *").status()).isEqualTo(400);
    assertThat(request("OPTIONS /nothing").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"http://other.example/notes/a, 200", "HTTP://x:80/notes/a, 200",
      "https://x/notes/a?limit=1, 200",
      "http://x/nothing, 404", "http://x, 404", "http://x?limit=1, 404", "ftp://x/notes/a, 400", "x:443, 400",
      "notes/a, 400", "http://, 400"})
  void absoluteForm_isRoutedByItsPath(String target, int status) throws IOException {
    assertThat(request("GET " + target).status()).isEqualTo(status);
  }

  @Test
  void everyAnswer_forbidsCachingAndSniffing() throws IOException {
    for (String line : new String[]{"GET /notes/a", "GET /nothing", "DELETE /notes/a", "GET /healthz",
        "GET /metrics", "OPTIONS /notes",
        "GET /%"}) {
      RawHttp.Reply reply = request(line);
      assertThat(reply.header("Cache-Control")).as(line).isEqualTo("no-store");
      assertThat(reply.header("X-Content-Type-Options")).as(line).isEqualTo("nosniff");
      assertThat(reply.header("Date")).as(line).endsWith(" GMT");
    }
  }
}
