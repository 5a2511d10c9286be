package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries and forms: the same records as JSON binds, said as text. */
final class TextInputTest {
  @AutoClose
  private static final FunctionServer SERVER = Samples.serve();

  private static RawHttp.Reply query(String query) throws IOException {
    return RawHttp.exchange(SERVER.port(), "GET /notes/a?" + query + " HTTP/1.1\nHost: x\n\n");
  }

  private static RawHttp.Reply form(String form) throws IOException {
    return RawHttp.exchange(SERVER.port(), "POST /notes HTTP/1.1\nHost: x\n"
        + "Content-Type: application/x-www-form-urlencoded\nContent-Length: "
        + form.getBytes(StandardCharsets.UTF_8).length + "\n\n" + form);
  }

  @Test
  void query_everyType_isBound() throws IOException {
    assertThat(
        query("limit=-5&all=true&id=01234567-89ab-cdef-0123-456789abcdef&since=2026-11-21T08%3A00%3A00Z")
          .body())
      .isEqualTo("{\"title\":\"a\",\"limit\":-5,\"all\":true,\"id\":\"01234567-89ab-cdef-0123-456789abcdef\","
          + "\"since\":\"2026-11-21T08:00:00.000Z\"}");
    assertThat(query("").body()).isEqualTo("{\"title\":\"a\"}");
    assertThat(query("%6cimit=1&&").body()).isEqualTo("{\"title\":\"a\",\"limit\":1}");
  }

  @Test
  void form_everyType_isBound() throws IOException {
    assertThat(
        form("title=a+b%20c%2B%C3%A9&stars=0&draft=false&size=9223372036854775807&weight=-0.5&color=RED")
          .body())
      .isEqualTo(
          "{\"title\":\"a b c+é\",\"stars\":0,\"draft\":false,\"size\":9223372036854775807,\"weight\":-0.5,"
              + "\"color\":\"RED\"}");
    assertThat(form("stars=1&title=").body()).isEqualTo("{\"title\":\"\",\"stars\":1}");
    assertThat(form("stars=1&title").body()).isEqualTo("{\"title\":\"\",\"stars\":1}");
    assertThat(form("title=é&stars=1").body()).isEqualTo("{\"title\":\"é\",\"stars\":1}");
  }

  @ParameterizedTest
  @CsvSource(quoteCharacter = '`', textBlock = """
      limit=1&limit=1,     /limit, must not be repeated
      limit=1&%6cimit=2,   /limit, must not be repeated
      other=1, /other, is an unknown field
      Limit=1, /Limit, is an unknown field
      limit[]=1, /limit[], is an unknown field
      author.name=Ada, /author.name, is an unknown field
      a%2F~%3Cb%0A%E2%80%AE=1, /a~1~0�b��, is an unknown field
      author=Ada, /author, is an unknown field
      tags=a, /tags, is an unknown field
      title=b, /title, is an unknown field
      =1, /, is an unknown field
      limit=text,          /limit, must be an integer in range
      limit=,              /limit, must be an integer in range
      limit=1.0,           /limit, must be an integer in range
      limit=+1,            /limit, must be an integer in range
      limit=%201,          /limit, must be an integer in range
      limit=01,            /limit, must be an integer in range
      limit=0x1,           /limit, must be an integer in range
      limit=%D9%A1,        /limit, must be an integer in range
      limit=2147483648,    /limit, must be an integer in range
      limit=99999999999999999999, /limit, must be an integer in range
      all=True,            /all,   must be true or false
      all=1,               /all,   must be true or false
      all=,                /all,   must be true or false
      id=1-1-1-1-1,        /id,    must be a UUID
      id=,                 /id,    must be a UUID
      since=now,           /since, must be an RFC 3339 time
      limit=%,             ``, must be percent-encoded UTF-8
      limit=%zz,           ``, must be percent-encoded UTF-8
      all=%FF,             ``, must be percent-encoded UTF-8
      all=%ED%A0%80,       ``, must be percent-encoded UTF-8
      """)
  void query_thatDoesNotFit_is400WithItsPointer(String query, String pointer, String detail)
      throws IOException {
    RawHttp.Reply reply = query(query);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body())
      .contains("\"errors\":[{\"pointer\":\"" + pointer + "\",\"detail\":\"" + detail + "\"}]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "stars", "stars=1&stars=1", "stars=1&sender=x", "stars=1&author.name=Ada",
      "stars=%",
      "stars=1&weight=NaN", "stars=1&weight=1e3", "stars=1&draft=yes", "stars=1;title=a", "{\"stars\":1}",
      "stars=1&labels=x"})
  void form_thatDoesNotFit_is400(String form) throws IOException {
    assertThat(form(form).status()).isEqualTo(400);
  }

  @Test
  void query_ofARouteWithBody_is400() throws IOException {
    assertThat(RawHttp
      .exchange(SERVER.port(), "POST /notes?stars=1 HTTP/1.1\nHost: x\nContent-Type: application/json\n"
          + "Content-Length: 11\n\n{\"stars\":1}")
      .status()).isEqualTo(400);
    assertThat(RawHttp.exchange(SERVER.port(), "PUT /notes/a?%74itle=b&x HTTP/1.1\nHost: x\n\n").body())
      .contains("\"pointer\":\"/title\"");
  }
}
