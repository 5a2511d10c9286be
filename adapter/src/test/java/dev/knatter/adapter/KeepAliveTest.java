package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeepAliveTest {
  private static final String GET = "GET /notes/a HTTP/1.1\nHost: x\n\n";

  @AutoClose
  private static final FunctionServer SERVER = Samples.serve();

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      400 | POST /notes   | application/json                  | {"unknown":1}
      400 | POST /notes   | application/json                  | not json
      400 | POST /notes?a | application/json                  | {"stars":1}
      400 | POST /notes   | application/x-www-form-urlencoded | stars=x
      400 | POST /%FF     | application/json                  | {}
      404 | POST /nothing | application/json                  | {}
      405 | PUT /notes    | application/json                  | {}
      415 | POST /notes   | text/plain                        | {}
      """)
  void error_leavesTheConnectionOpen(int status, String line, String type, String body) throws IOException {
    try (RawHttp http = new RawHttp(SERVER.port())) {
      RawHttp.Reply reply = http
        .send(line + " HTTP/1.1\nHost: x\nContent-Type: " + type + "\nContent-Length: "
            + body.length() + "\n\n" + body)
        .read();
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.closes()).isFalse();
      reply = http
        .send(line + " HTTP/1.1\nHost: x\nContent-Type: " + type + "\nTransfer-Encoding: chunked\n\n"
            + Integer.toHexString(body.length()) + "\n" + body + "\n0\n\n")
        .read();
      assertThat(reply.status()).isEqualTo(status);
      assertThat(http.send(GET).read().status()).isEqualTo(200);
    }
  }

  @Test
  void refusedBody_tooLargeToDrop_endsTheConnection() throws IOException {
    try (RawHttp http = new RawHttp(SERVER.port())) {
      RawHttp.Reply reply = http
        .send("POST /nothing HTTP/1.1\nHost: x\nContent-Length: 500000\n\n" + "a".repeat(500_000))
        .read();
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.closes()).isTrue();
      assertThat(http.isEnded()).isTrue();
    }
  }

  @Test
  void pipelinedRequests_areAnsweredInOrder() throws IOException {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 3000; i++) {
      requests.append(i % 3 == 0 ? "GET /healthz" : "GET /notes/" + i).append(" HTTP/1.1\nHost:\n\n");
    }
    try (RawHttp http = new RawHttp(SERVER.port())) {
      Thread sender = Thread.ofVirtual().unstarted(() -> send(http, requests.toString()));
      sender.start();
      for (int i = 0; i < 3000; i++) {
        assertThat(http.read().body())
          .isEqualTo(i % 3 == 0 ? "{\"status\":\"ready\"}" : "{\"title\":\"" + i + "\"}");
      }
    }
  }

  private static void send(RawHttp http, String requests) {
    try {
      http.send(requests);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void requestsInPieces_areAnswered() throws IOException {
    try (RawHttp http = new RawHttp(SERVER.port())) {
      for (String piece : (GET + GET).splitWithDelimiters("[/\n]", -1)) {
        http.send(piece);
      }
      assertThat(http.read().status()).isEqualTo(200);
      assertThat(http.read().status()).isEqualTo(200);
    }
  }

  @Test
  void connectionClose_isHonoured() throws IOException {
    try (RawHttp http = new RawHttp(SERVER.port())) {
      RawHttp.Reply reply = http.send("GET /notes/a HTTP/1.1\nHost: x\nConnection: close\n\n" + GET).read();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.closes()).isTrue();
      assertThat(http.isEnded()).isTrue();
    }
  }

  @Test
  void http10_isAnsweredAndClosed() throws IOException {
    try (RawHttp http = new RawHttp(SERVER.port())) {
      RawHttp.Reply reply = http.send("GET /notes/a HTTP/1.0\n\n").read();
      assertThat(reply.body()).isEqualTo("{\"title\":\"a\"}");
      assertThat(http.isEnded()).isTrue();
    }
  }

  @Test
  void clientThatEndsItsSide_stillGetsItsAnswer() throws IOException {
    try (RawHttp http = new RawHttp(SERVER.port())) {
      assertThat(http.send(GET).shutdownOutput().read().status()).isEqualTo(200);
      assertThat(http.isEnded()).isTrue();
    }
  }

  @Test
  void clientThatLeavesInTheMiddle_disturbsNobody() throws IOException {
    try (RawHttp http = new RawHttp(SERVER.port())) {
      http.send("POST /notes HTTP/1.1\nHost: x\nContent-Type: application/json\nContent-Length: 50\n\n{");
    }
    try (RawHttp http = new RawHttp(SERVER.port())) {
      http.send("GET /notes/a HTT");
    }
    assertThat(RawHttp.exchange(SERVER.port(), GET).status()).isEqualTo(200);
  }
}
