package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The size of bodies: what is refused, when, and what becomes of the connection. */
final class BodyTest {
  private static final int MEBIBYTE = 1 << 20;
  private static final String POST = "POST /notes HTTP/1.1\nHost: x\nContent-Type: application/json\n";
  private static final String GET = "GET /notes/a HTTP/1.1\nHost: x\n\n";

  @AutoClose
  private static final FunctionServer SERVER = Samples.serve();

  /** A note of exactly that many bytes. */
  private static String note(int bytes) {
    String empty = "{\"stars\":1,\"title\":\"\"}";
    return empty.replace("\"\"", "\"" + "a".repeat(bytes - empty.length()) + "\"");
  }

  @Test
  void mebibyte_isTaken() throws IOException {
    String body = note(MEBIBYTE);
    RawHttp.Reply reply = RawHttp.exchange(SERVER.port(),
        POST + "Content-Length: " + MEBIBYTE + "\n\n" + body);
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.body()).hasSize(MEBIBYTE);
  }

  @Test
  void mebibyteAndOne_isRefusedBeforeTheBody() throws IOException {
    try (RawHttp http = new RawHttp(SERVER.port())) {
      RawHttp.Reply reply = http.send(POST + "Content-Length: " + (MEBIBYTE + 1) + "\n\n").read();
      assertThat(reply.status()).isEqualTo(413);
      assertThat(reply.body()).contains("\"type\":\"urn:knatter:problem:too-large\"");
      assertThat(reply.closes()).isTrue();
      assertThat(http.isEnded()).isTrue();
    }
  }

  @Test
  void mebibyteAndOne_sentWhole_findsTheAnswerAndNoReset() throws IOException {
    try (RawHttp http = new RawHttp(SERVER.port())) {
      http.send(POST + "Content-Length: " + (MEBIBYTE + 1) + "\n\n" + note(MEBIBYTE + 1));
      assertThat(http.read().status()).isEqualTo(413);
      assertThat(http.isEnded()).isTrue();
    }
  }

  @Test
  void announcedLength_ofAnySize_is413() throws IOException {
    assertThat(RawHttp.exchange(SERVER.port(), POST + "Content-Length: 9223372036854775807\n\n").status())
      .isEqualTo(413);
  }

  @Test
  void chunked_pastTheLimit_is413BeforeItsEnd() throws IOException {
    try (RawHttp http = new RawHttp(SERVER.port())) {
      http.send(POST + "Transfer-Encoding: chunked\n\n");
      http.send("100000\n" + note(MEBIBYTE) + "\n1\n \n");
      assertThat(http.read().status()).isEqualTo(413);
      assertThat(http.isEnded()).isTrue();
    }
  }

  @Test
  void chunked_upToTheLimit_isTaken() throws IOException {
    assertThat(RawHttp
      .exchange(SERVER.port(), POST + "Transfer-Encoding: chunked\n\n100000\n" + note(MEBIBYTE) + "\n0\n\n")
      .status()).isEqualTo(201);
  }

  @Test
  void chunked_byteByByte_isTaken() throws IOException {
    StringBuilder chunks = new StringBuilder();
    note(20_000).chars().forEach(c -> chunks.append("1\n").append((char) c).append('\n'));
    assertThat(
        RawHttp.exchange(SERVER.port(), POST + "Transfer-Encoding: chunked\n\n" + chunks + "0\n\n").status())
      .isEqualTo(201);
  }

  @Test
  void limitOfTheRoute_isHeld() throws IOException {
    String small = "POST /small HTTP/1.1\nHost: x\nContent-Type: application/json\nContent-Length: ";
    assertThat(RawHttp.exchange(SERVER.port(), small + "64\n\n" + note(64)).status()).isEqualTo(200);
    assertThat(RawHttp.exchange(SERVER.port(), small + "65\n\n" + note(65)).status()).isEqualTo(413);
  }

  @Test
  void noLengthAtAll_is411_andTheConnectionStays() throws IOException {
    try (RawHttp http = new RawHttp(SERVER.port())) {
      RawHttp.Reply reply = http.send(POST + "\n").read();
      assertThat(reply.status()).isEqualTo(411);
      assertThat(reply.body()).contains("\"type\":\"urn:knatter:problem:length-required\"");
      assertThat(http.send(GET).read().status()).isEqualTo(200);
    }
  }

  @Test
  void noLength_whereThePathSaysAll_isTaken() throws IOException {
    assertThat(RawHttp.exchange(SERVER.port(), "PUT /notes/a HTTP/1.1\nHost: x\n\n").status()).isEqualTo(200);
    assertThat(
        RawHttp.exchange(SERVER.port(), "PUT /notes/a HTTP/1.1\nHost: x\nContent-Length: 0\n\n").status())
      .isEqualTo(200);
    assertThat(RawHttp.exchange(SERVER.port(),
        "PUT /notes/a HTTP/1.1\nHost: x\nContent-Type: application/json\nContent-Length: 2\n\n{}")
      .status()).isEqualTo(200);
  }

  @Test
  void bodyOfGet_is413() throws IOException {
    assertThat(
        RawHttp.exchange(SERVER.port(), "GET /notes/a HTTP/1.1\nHost: x\nContent-Length: 2\n\n{}").status())
      .isEqualTo(413);
    assertThat(
        RawHttp.exchange(SERVER.port(), "GET /notes/a HTTP/1.1\nHost: x\nContent-Length: 0\n\n").status())
      .isEqualTo(200);
  }

  @Test
  void expectContinue_getsAnInterimAnswerFirst() throws IOException {
    try (RawHttp http = new RawHttp(SERVER.port())) {
      http.send(POST + "Content-Length: 11\nExpect: 100-Continue\n\n");
      assertThat(http.read().status()).isEqualTo(100);
      assertThat(http.send("{\"stars\":1}").read().status()).isEqualTo(201);
      assertThat(http.send(GET).read().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({"413, POST /notes, Content-Length: 1048577", "404, POST /nothing, Content-Length: 2",
      "405, PUT /notes, Content-Length: 2", "415, POST /notes, Content-Type: text/plain",
      "413, POST /small, Content-Length: 65"})
  void expectContinue_refused_getsOnlyTheFinalAnswer(int status, String line, String field)
      throws IOException {
    String length = field.startsWith("Content-Length") ? "" : "Content-Length: 2\n";
    String type = field.startsWith("Content-Type") ? "" : "Content-Type: application/json\n";
    try (RawHttp http = new RawHttp(SERVER.port())) {
      http.send(line + " HTTP/1.1\nHost: x\nExpect: 100-continue\n" + type + length + field + "\n\n");
      RawHttp.Reply reply = http.read();
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.closes()).isTrue();
      assertThat(http.isEnded()).isTrue();
    }
  }

  @Test
  void otherExpectation_is417() throws IOException {
    try (RawHttp http = new RawHttp(SERVER.port())) {
      RawHttp.Reply reply = http.send(POST + "Content-Length: 2\nExpect: miracles\n\n").read();
      assertThat(reply.status()).isEqualTo(417);
      assertThat(reply.body()).contains("\"type\":\"urn:knatter:problem:expectation-failed\"");
      assertThat(http.isEnded()).isTrue();
    }
  }

  @Test
  void bodiesTogether_aboveTheBudget_are503UntilItIsFree() throws IOException {
    try (FunctionServer tight = Samples.serve(Samples.options().withMaxBufferedBytes(1000));
        RawHttp holding = new RawHttp(tight.port())) {
      holding.send(POST + "Content-Length: 800\n\n" + note(800).substring(1));
      RawHttp.Reply refused = await().until(
          () -> RawHttp.exchange(tight.port(), POST + "Content-Length: 300\n\n" + note(300)),
          r -> r.status() != 201);
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isNotEmpty();
      holding.send("}");
      assertThat(holding.read().status()).isEqualTo(400);
      assertThat(RawHttp.exchange(tight.port(), POST + "Content-Length: 900\n\n" + note(900)).status())
        .isEqualTo(201);
    }
  }
}
