package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NegotiationTest {
  @AutoClose
  private static final FunctionServer SERVER = Samples.serve();

  private static RawHttp.Reply get(String fields) throws IOException {
    return RawHttp.exchange(SERVER.port(), "GET /notes/a HTTP/1.1\nHost: x\n" + fields + "\n");
  }

  private static RawHttp.Reply post(String fields, String body) throws IOException {
    return RawHttp.exchange(SERVER.port(),
        "POST /notes HTTP/1.1\nHost: x\n" + fields + "Content-Length: " + body.length()
            + "\n\n" + body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Accept:\n", "Accept: */*\n", "Accept: application/json\n",
      "Accept: APPLICATION/JSON\n",
      "Accept: text/html, application/json;q=0.1\n", "Accept: application/*\n",
      "Accept: text/html\nAccept: */*\n",
      "Accept: application/json;charset=utf-8\n", "Accept: text/html;q=1, *;q=2, */*;q=0.001\n",
      "Accept: application/json, */*;q=0\n", "Accept: application/json ; q=1.000 , text/plain\n",
      "Accept: ,application/json,\n"})
  void accept_thatAllowsJson_isAnswered(String accept) throws IOException {
    assertThat(get(accept).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/xml", "application/json;q=0", "*/*;q=0",
      "*/*, application/json;q=0.0",
      "application/*;q=0, */*", "text/*", "nonsense", "application/json;q=2", "application/json;;q=x", "*"})
  void accept_thatExcludesJson_is406(String accept) throws IOException {
    RawHttp.Reply reply = get("Accept: " + accept + "\n");
    assertThat(reply.status()).isEqualTo(406);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.body()).contains("\"type\":\"urn:knatter:problem:not-acceptable\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "Application/JSON", "application/json; charset=utf-8",
      "application/json;charset=\"UTF-8\"", "application/json ; version=1 ; charset=UTF-8",
      "application/json;"})
  void contentType_json_isTaken(String type) throws IOException {
    assertThat(post("Content-Type: " + type + "\n", "{\"stars\":1}").status()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/x-www-form-urlencoded",
      "application/x-www-form-urlencoded;charset=utf-8"})
  void contentType_form_isTaken(String type) throws IOException {
    assertThat(post("Content-Type: " + type + "\n", "stars=1").status()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Content-Type: text/plain\n",
      "Content-Type: application/json; charset=iso-8859-1\n",
      "Content-Type: application/json; charset=utf-16\n", "Content-Type: application/xml\n",
      "Content-Type: nonsense\n",
      "Content-Type: application/merge-patch+json\n", "Content-Type: application/cloudevents+json\n",
      "Content-Type: multipart/form-data; boundary=x\n", "Content-Type:\n",
      "Content-Type: application/json, text/plain\n",
      "Content-Type: application/json\nContent-Type: application/json\n",
      "Content-Type: application/json; charset\n"})
  void contentType_other_is415(String field) throws IOException {
    RawHttp.Reply reply = post(field, "{\"stars\":1}");
    assertThat(reply.status()).isEqualTo(415);
    assertThat(reply.body()).contains("\"type\":\"urn:knatter:problem:unsupported-media-type\"");
  }

  @Test
  void contentType_ofAGet_doesNotMatter() throws IOException {
    assertThat(get("Content-Type: text/plain\n").status()).isEqualTo(200);
  }
}
