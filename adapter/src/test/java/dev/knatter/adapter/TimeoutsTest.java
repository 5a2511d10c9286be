package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that take too long. The test's own reads end after 20 s, so a server that waits for ever fails. */
final class TimeoutsTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  @AutoClose
  private static final FunctionServer SERVER = Samples.serve(
      Samples.options().withTimeouts(new ServerOptions.Timeouts(SHORT, SHORT, SHORT, SHORT)));

  @Test
  void idleConnection_isClosedWithoutAWord() throws IOException {
    try (RawHttp http = new RawHttp(SERVER.port())) {
      assertThat(http.isEnded()).isTrue();
    }
    try (RawHttp http = new RawHttp(SERVER.port())) {
      assertThat(http.send("GET /notes/a HTTP/1.1\nHost: x\n\n").read().status()).isEqualTo(200);
      assertThat(http.isEnded()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"G", "GET /notes/a HTTP/1.1\nHost: x\n",
      "POST /notes HTTP/1.1\nHost: x\nContent-Type: application/json\nContent-Length: 50\n\n{",
      "POST /notes HTTP/1.1\nHost: x\nContent-Type: application/json\nTransfer-Encoding: chunked\n\n5\n{",
      "POST /notes HTTP/1.1\nHost: x\nContent-Type: application/json\nContent-Length: 50\nExpect: 100-continue\n\n"})
  void slowRequest_is408(String start) throws IOException {
    try (RawHttp http = new RawHttp(SERVER.port())) {
      http.send(start);
      RawHttp.Reply reply = http.read();
      if (reply.status() == 100) {
        reply = http.read();
      }
      assertThat(reply.status()).isEqualTo(408);
      assertThat(reply.body()).contains("\"type\":\"urn:knatter:problem:request-timeout\"");
      assertThat(reply.closes()).isTrue();
      assertThat(http.isEnded()).isTrue();
    }
  }

  @Test
  void slowBodyOfARefusedRequest_getsTheRefusal() throws IOException {
    try (RawHttp http = new RawHttp(SERVER.port())) {
      RawHttp.Reply reply = http.send("POST /nothing HTTP/1.1\nHost: x\nContent-Length: 50\n\n{").read();
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.closes()).isTrue();
    }
  }
}
