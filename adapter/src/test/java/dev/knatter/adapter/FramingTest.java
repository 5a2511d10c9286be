package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be read as one HTTP/1.1 request is refused, and its connection ends: RFC 9112. */
final class FramingTest {
  @AutoClose
  private static final FunctionServer SERVER = Samples.serve();

  private static RawHttp.Reply refused(String request) throws IOException {
    try (RawHttp http = new RawHttp(SERVER.port())) {
      RawHttp.Reply reply = http.send(request).read();
      assertThat(reply.closes()).as("Connection: close").isTrue();
      assertThat(http.isEnded()).isTrue();
      return reply;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rubbish\n\n", "GET\n\n", "GET /notes/a\n\n", "GET /notes/a HTTP/2.0\nHost: x\n\n",
      "GET /notes/a HTTP/0.9\nHost: x\n\n", "GET /notes/a HTTP/1.2\nHost: x\n\n",
      "GET /notes/a http/1.1\nHost: x\n\n",
      "PRI * HTTP/2.0\n\nSM\n\n", "GET /notes/a b HTTP/1.1\nHost: x\n\n",
      "GET /notes/a#b HTTP/1.1\nHost: x\n\n",
      "GET /notes/\u00e9 HTTP/1.1\nHost: x\n\n", "GET /notes/\"a HTTP/1.1\nHost: x\n\n",
      "G@T /notes/a HTTP/1.1\nHost: x\n\n", "\u0016\u0003\u0001\u0002\n\n"})
  void requestLine_malformed_is400(String request) throws IOException {
    RawHttp.Reply reply = refused(request);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("\"type\":\"urn:knatter:problem:invalid-request\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Host: x\nHost: x\n", "Host: x\nhost: y\n", "Host: a b\n", "Host: a/b\n",
      "Host: a,b c\n",
      "Host: x:port\n", "Host: user@x\n", "Host: [::1\n", "Host: x:1:2\n"})
  void host_missingRepeatedOrBad_is400(String host) throws IOException {
    assertThat(refused("GET /notes/a HTTP/1.1\n" + host + "\n").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host: x", "Host:", "Host: a.example:8080", "Host: [::1]:80", "Host: 127.0.0.1"})
  void host_good_isTaken(String host) throws IOException {
    assertThat(RawHttp.exchange(SERVER.port(), "GET /notes/a HTTP/1.1\n" + host + "\n\n").status())
      .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no colon", "Name : x", " Folded: x", ": x", "Na me: x", "X: a\u0000b",
      "X: a\u0001b",
      "N\u00e4me: x", "X: a\rb"})
  void field_malformed_is400(String field) throws IOException {
    assertThat(refused("GET /notes/a HTTP/1.1\nHost: x\n" + field + "\n\n").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 2\nContent-Length: 3", "Content-Length: 2, 3",
      "Content-Length: 2\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked\nContent-Length: 2",
      "Content-Length: -1", "Content-Length: +2", "Content-Length: 2a", "Content-Length:",
      "Content-Length: 0x2",
      "Content-Length: 99999999999999999999", "Transfer-Encoding: gzip, chunked",
      "Transfer-Encoding: chunked, gzip",
      "Transfer-Encoding: chunked, chunked", "Transfer-Encoding: chunked\nTransfer-Encoding: chunked",
      "Transfer-Encoding: identity", "Transfer-Encoding: xchunked", "Transfer-Encoding : chunked",
      "Transfer-Encoding: \"chunked\"", "Transfer-Encoding:"})
  void length_ambiguous_is400(String fields) throws IOException {
    assertThat(refused("POST /notes HTTP/1.1\nHost: x\nContent-Type: application/json\n" + fields + "\n\n{}")
      .status())
      .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz\n{}\n0\n\n", "-2\n{}\n0\n\n", "2\n{}0\n\n", "2\n{}xyz", "\n{}\n",
      "100000000\n{}",
      "FFFFFFFFFFFFFFFFF\n{}", "2;a=\"\u0001\n{}\n0\n\n", "2\n{}\n0\nno colon\n\n"})
  void chunk_malformed_is400(String chunks) throws IOException {
    assertThat(refused(
        "POST /notes HTTP/1.1\nHost: x\nContent-Type: application/json\nTransfer-Encoding: chunked\n\n"
            + chunks)
      .status())
      .isEqualTo(400);
  }

  @Test
  void bareLineFeed_is400() throws IOException {
    try (RawHttp http = new RawHttp(SERVER.port())) {
      http.sendBytes("GET /notes/a HTTP/1.1\nHost: x\n\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(http.read().status()).isEqualTo(400);
      assertThat(http.isEnded()).isTrue();
    }
  }

  @Test
  void emptyLinesBeforeRequest_areIgnored() throws IOException {
    assertThat(RawHttp.exchange(SERVER.port(), "\n\nGET /notes/a HTTP/1.1\nHost: x\n\n").status())
      .isEqualTo(200);
  }

  @Test
  void chunkExtensionsAndTrailers_areIgnored() throws IOException {
    RawHttp.Reply reply = RawHttp.exchange(SERVER.port(), """
        POST /notes HTTP/1.1
        Host: x
        Content-Type: application/json
        Transfer-Encoding: Chunked

        5;name=value
        {"sta
        00006;q="a b"
        rs":1}
        0
        Authorization: trailer

        """);
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.body()).isEqualTo("{\"stars\":1}");
  }

  @Test
  void requestLine_tooLong_is414() throws IOException {
    RawHttp.Reply reply = refused("GET /notes/" + "a".repeat(8 * 1024) + " HTTP/1.1\nHost: x\n\n");
    assertThat(reply.status()).isEqualTo(414);
    assertThat(reply.body()).contains("\"type\":\"urn:knatter:problem:too-large\"", "\"status\":414");
  }

  @Test
  void requestLine_endless_is414BeforeItsEnd() throws IOException {
    assertThat(refused("GET /" + "a".repeat(9 * 1024)).status()).isEqualTo(414);
  }

  @Test
  void headerFlood_is431() throws IOException {
    String request = "GET /notes/a HTTP/1.1\nHost: x\n";
    assertThat(refused(request + "X: y\n".repeat(8 * 1024) + "\n").status()).isEqualTo(431);
    assertThat(refused(request + "X: " + "y".repeat(17 * 1024)).status()).isEqualTo(431);
    assertThat(refused(
        "POST /notes HTTP/1.1\nHost: x\nContent-Type: application/json\nTransfer-Encoding: chunked\n\n"
            + "2\n{}\n0\n" + "X: y\n".repeat(8 * 1024) + "\n")
      .status()).isEqualTo(431);
  }

  @Test
  void longHead_withinBounds_isTaken() throws IOException {
    String request = "GET /notes/" + "a".repeat(7 * 1024) + " HTTP/1.1\nHost: x\nX: " + "y".repeat(15 * 1024)
        + "\n\n";
    assertThat(RawHttp.exchange(SERVER.port(), request).status()).isEqualTo(200);
  }

  @Test
  void chunkLine_tooLong_is400() throws IOException {
    assertThat(refused(
        "POST /notes HTTP/1.1\nHost: x\nContent-Type: application/json\nTransfer-Encoding: chunked\n\n2;"
            + "a".repeat(9 * 1024) + "\n{}\n0\n\n")
      .status()).isEqualTo(400);
  }
}
