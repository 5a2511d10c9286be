package dev.knatter.shared.store.resp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RepliesTest {
  private static @Nullable Object read(String text) throws IOException {
    return new Replies(new ByteArrayInputStream(text.getBytes(UTF_8))).next();
  }

  @Test
  void reply_ofEachKind_isWhatItSays() throws IOException {
    assertThat(read("+OK\r\n")).isEqualTo("OK");
    assertThat(read("-ERR no\r\n")).isEqualTo(new Refusal("ERR no"));
    assertThat(read(":-7\r\n")).isEqualTo(-7L);
    assertThat(read("$4\r\na\r\nb\r\n")).isEqualTo("a\r\nb".getBytes(UTF_8));
    assertThat(read("$0\r\n\r\n")).isEqualTo(new byte[0]);
    assertThat(read("$-1\r\n")).isNull();
    assertThat(read("*-1\r\n")).isNull();
    assertThat(read("*2\r\n:1\r\n*1\r\n+x\r\n")).isEqualTo(List.of(1L, List.of("x")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "+OK", "+OK\r", ":\r\n", ":1x\r\n", "$5\r\nabc", "$3\r\nabcde", "$-2\r\n",
      "$99999999999\r\n",
      "*2\r\n:1\r\n", "HTTP/1.1 400 Bad Request\r\n"})
  void reply_cutOrOfAnotherProtocol_isRefused(String text) {
    assertThatIOException().isThrownBy(() -> read(text));
  }
}
