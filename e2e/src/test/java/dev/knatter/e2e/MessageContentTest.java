package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.OnLocal;
import dev.knatter.e2e.http.Message;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.User;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said is answered byte for byte. */
@OnLocal
final class MessageContentTest {
  private static final int MOST = 16_384;

  private final User ada;

  MessageContentTest(Deployment deployment) {
    this.ada = deployment.once(User.class, User::create);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("contents")
  void content_sentAsJsonOrForm_isReadByteForByte(String what, String content) {
    Message json = ada.say(ada.name(), content);
    Message form = Message
      .of(ada.exchange(Request.post("/v1/send").form("to", ada.name(), "content", content)));
    assertThat(json.content()).as(what).isEqualTo(content);
    assertThat(ada.read("limit", "2").messages()).as(what).containsExactly(form, json);
    assertThat(ada.read("with", ada.name(), "limit", "2").messages()).as(what).containsExactly(form, json);
    assertThat(form.content()).as(what).isEqualTo(content);
  }

  static Stream<Arguments> contents() {
    return Stream.of(
        Arguments.of("one letter", "x"),
        Arguments.of("one space", " "),
        Arguments.of("white space around", " \t\r\n x \u00a0\u2003\u2028\u2029\u0085"),
        Arguments.of("emoji of many characters", "👩‍👩‍👧‍👦 👋🏽 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🇺🇳"),
        Arguments.of("right to left", "שלום עולם \u202e مرحبا \u202c \u2067x\u2069"),
        Arguments.of("NUL", "a\u0000b\u0000"),
        Arguments.of("all control characters", controls()),
        Arguments.of("marks, composed and not", "\u00e9 e\u0301 \u1e69 s\u0323\u0307 Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚"),
        Arguments.of("four-byte planes", "\ud800\udc00 \ud87e\udfff \udbff\udffd \udb40\udc01"),
        Arguments.of("non-characters", "\uffff \ufffe \ufdd0 \ud83f\udfff"),
        Arguments.of("byte order mark", "\ufeffx\ufeff"),
        Arguments.of("replacement character", "\ufffd"),
        Arguments.of("JSON", "{\"a\":[\"\\\"\",\"\\u0000\",null]}"),
        Arguments.of("HTML and CQL", "</script><b>'; DROP TABLE x; -- $$ ${x} {{x}} %s"),
        Arguments.of("16,384 bytes, one each", "a".repeat(MOST)),
        Arguments.of("16,384 bytes, two each", "é".repeat(MOST / 2)),
        Arguments.of("16,384 bytes, three each and one", "€".repeat(MOST / 3) + "a"),
        Arguments.of("16,384 bytes, four each", "😀".repeat(MOST / 4)),
        Arguments.of("16,384 escapes", "\u0001".repeat(MOST)));
  }

  private static String controls() {
    byte[] bytes = new byte[0x20];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return new String(bytes, StandardCharsets.US_ASCII) + "\u007f\u0080\u009f";
  }
}
