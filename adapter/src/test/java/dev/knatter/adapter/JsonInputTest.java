package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonInputTest {
  @AutoClose
  private static final FunctionServer SERVER = Samples.serve();

  private static RawHttp.Reply post(byte[] body) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request
      .writeBytes(("POST /notes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
          + body.length + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII));
    request.writeBytes(body);
    try (RawHttp http = new RawHttp(SERVER.port())) {
      return http.sendBytes(request.toByteArray()).read();
    }
  }

  private static RawHttp.Reply post(String body) throws IOException {
    return post(body.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertInvalid(RawHttp.Reply reply, String pointer, String detail) {
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.body()).isEqualTo("{\"type\":\"urn:knatter:problem:invalid-request\","
        + "\"title\":\"The request is not valid\",\"status\":400,\"errors\":[{\"pointer\":\"" + pointer
        + "\",\"detail\":\""
        + detail + "\"}]}");
  }

  @Test
  void everyType_isBoundAndWritten() throws IOException {
    String note = "{\"title\":\"a\\\"é😀\\u0000\",\"stars\":2147483647,\"draft\":false,\"size\":-9223372036854775808,"
        + "\"weight\":1.5E-3,\"color\":\"GREEN\",\"id\":\"01234567-89AB-cdef-0123-456789abcdef\","
        + "\"at\":\"2026-11-21T10:00:00.123456+02:00\",\"tags\":[\"a\",\"\"],\"author\":{\"name\":\"Ada\",\"age\":36},"
        + "\"labels\":{\"k/~\":\"v\"}}";
    RawHttp.Reply reply = post(note);
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.body()).isEqualTo("{\"title\":\"a\\\"é😀\\u0000\",\"stars\":2147483647,\"draft\":false,"
        + "\"size\":-9223372036854775808,\"weight\":0.0015,\"color\":\"GREEN\",\"id\":\"01234567-89ab-cdef-0123-456789abcdef\","
        + "\"at\":\"2026-11-21T08:00:00.123Z\",\"tags\":[\"a\",\"\"],\"author\":{\"name\":\"Ada\",\"age\":36},"
        + "\"labels\":{\"k/~\":\"v\"}}");
  }

  @Test
  void nullAndAbsent_areAlike_andOmittedFromTheAnswer() throws IOException {
    assertThat(post("{\"stars\":1,\"title\":null,\"tags\":null}").body()).isEqualTo("{\"stars\":1}");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      {"stars":1,"sender":"x"}               | /sender        | is an unknown field
      {"stars":1,"author":{"nick":"x"}}      | /author/nick   | is an unknown field
      {"stars":1,"Title":"x"}                | /Title         | is an unknown field
      {"stars":1,"author.name":"x"}          | /author.name   | is an unknown field
      {"stars":1,"title":5}                  | /title         | must be a string of valid Unicode
      {"stars":1,"title":true}               | /title         | must be a string of valid Unicode
      {"stars":1,"title":["x"]}              | /title         | must be a string of valid Unicode
      {"stars":1,"title":{}}                 | /title         | must be a string of valid Unicode
      {"stars":1,"title":"\\ud83d"}          | /title         | must be a string of valid Unicode
      {"stars":1,"title":"\\ude00\\ud83d"}   | /title         | must be a string of valid Unicode
      {"stars":1,"tags":["a",1]}             | /tags/1        | must be a string of valid Unicode
      {"stars":1,"tags":["a","\\udfff"]}     | /tags/1        | must be a string of valid Unicode
      {"stars":1,"tags":"a"}                 | /tags          | must be an array
      {"stars":1,"tags":{}}                  | /tags          | must be an array
      {"stars":1,"author":"Ada"}             | /author        | must be an object
      {"stars":1,"author":""}                | /author        | must be an object
      {"stars":1,"author":[]}                | /author        | must be an object
      {"stars":1,"author":{"age":"36"}}      | /author/age    | must be an integer in range
      {"stars":"1"}                          | /stars         | must be an integer in range
      {"stars":""}                           | /stars         | must be an integer in range
      {"stars":1.0}                          | /stars         | must be an integer in range
      {"stars":true}                         | /stars         | must be an integer in range
      {"stars":[1]}                          | /stars         | must be an integer in range
      {"stars":2147483648}                   | /stars         | must be an integer in range
      {"stars":null}                         | /stars         | must be an integer in range
      {}                                     | /stars         | must be an integer in range
      {"stars":1,"size":9223372036854775808} | /size          | must be an integer in range
      {"stars":1,"size":1e3}                 | /size          | must be an integer in range
      {"stars":1,"draft":1}                  | /draft         | must be true or false
      {"stars":1,"draft":"true"}             | /draft         | must be true or false
      {"stars":1,"draft":""}                 | /draft         | must be true or false
      {"stars":1,"weight":"1.5"}             | /weight        | must be a number in range
      {"stars":1,"weight":"NaN"}             | /weight        | must be a number in range
      {"stars":1,"weight":1e999}             | /weight        | must be a number in range
      {"stars":1,"color":"BLUE"}             | /color         | must be one of the known values
      {"stars":1,"color":"red"}              | /color         | must be one of the known values
      {"stars":1,"color":0}                  | /color         | must be one of the known values
      {"stars":1,"color":""}                 | /color         | must be one of the known values
      {"stars":1,"id":"1-1-1-1-1"}           | /id            | must be a UUID
      {"stars":1,"id":""}                    | /id            | must be a UUID
      {"stars":1,"id":5}                     | /id            | must be a UUID
      {"stars":1,"at":"yesterday"}           | /at            | must be an RFC 3339 time
      {"stars":1,"at":"2026-11-21"}          | /at            | must be an RFC 3339 time
      {"stars":1,"at":"2026-02-30T00:00:00Z"}| /at            | must be an RFC 3339 time
      {"stars":1,"at":1700000000}            | /at            | must be an RFC 3339 time
      {"stars":1,"labels":{"secret":5}}      | /labels        | must be a string of valid Unicode
      {"stars":1,"labels":{"\\ud800":"x"}}   | /labels        | must be a string of valid Unicode
      []                                     |                | must be a JSON object
      [{"stars":1}]                          |                | must be a JSON object
      "text"                                 |                | must be a JSON object
      1                                      |                | must be a JSON object
      null                                   |                | must be a JSON object
      """)
  void field_thatDoesNotFit_is400WithItsPointer(String body, String pointer, String detail)
      throws IOException {
    assertInvalid(post(body), pointer == null ? "" : pointer, detail);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"stars\":1", "{\"stars\":1}}", "{\"stars\":1} {}", "{\"stars\":1} x",
      "{'stars':1}",
      "{stars:1}", "{\"stars\":01}", "{\"stars\":+1}", "{\"stars\":.5}", "{\"stars\":NaN}", "{\"stars\":1,}",
      "{,}", "\uFEFF{\"stars\":1}",
      "{\"stars\":1/**/}", "{\"title\":\"a\nb\",\"stars\":1}", "{\"title\":\"\\x\",\"stars\":1}",
      "{\"title\":\"\\u12\",\"stars\":1}",
      "{\"stars\":1,\"stars\":1}", "{\"stars\":1,\"st\\u0061rs\":1}",
      "{\"stars\":1,\"author\":{\"age\":1,\"age\":1}}", "truely", "\u0000"})
  void text_thatIsNotJson_is400(String body) throws IOException {
    RawHttp.Reply reply = post(body);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("\"pointer\":\"\"",
        "must be one well-formed JSON text without repeated names");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n"})
  void emptyBody_is400(String body) throws IOException {
    assertInvalid(post(body), "", "is missing");
  }

  /** Overlong, encoded surrogate, cut, stray, past U+10FFFF, Latin-1, UTF-16 with its mark. */
  @ParameterizedTest
  @ValueSource(strings = {"c0af", "eda080", "f09f98", "80", "f4908080", "e9", "fffe7b00"})
  void bytes_thatAreNotUtf8_are400(String hex) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes("{\"stars\":1,\"title\":\"".getBytes(StandardCharsets.US_ASCII));
    body.writeBytes(HexFormat.of().parseHex(hex));
    body.writeBytes("\"}".getBytes(StandardCharsets.US_ASCII));
    assertInvalid(post(body.toByteArray()), "", "must be UTF-8");
  }

  @ParameterizedTest
  @ValueSource(ints = {65, 1000, 100_000})
  void deepNesting_is400(int depth) throws IOException {
    for (String bracket : new String[]{"[", "{\"a\":"}) {
      RawHttp.Reply reply = post("{\"stars\":1,\"tags\":" + bracket.repeat(depth));
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.body()).contains("is nested too deeply");
    }
  }

  @Test
  void endlessNumberAndName_are400() throws IOException {
    assertThat(post("{\"stars\":" + "1".repeat(100_000) + "}").status()).isEqualTo(400);
    assertThat(post("{\"weight\":1e" + "1".repeat(100_000) + "}").status()).isEqualTo(400);
    assertThat(post("{\"" + "a".repeat(100_000) + "\":1}").status()).isEqualTo(400);
  }

  @Test
  void pathVariable_isNoFieldOfTheBody() throws IOException {
    String patch = "PATCH /notes/a HTTP/1.1\nHost: x\nContent-Type: application/json\nContent-Length: ";
    assertThat(RawHttp.exchange(SERVER.port(), patch + "10\n\n{\"to\":\"b\"}").body())
      .isEqualTo("{\"title\":\"a\",\"to\":\"b\"}");
    assertInvalid(RawHttp.exchange(SERVER.port(), patch + "22\n\n{\"title\":\"c\",\"to\":\"b\"}"), "/title",
        "is an unknown field");
  }
}
