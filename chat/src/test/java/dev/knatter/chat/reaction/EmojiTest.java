package dev.knatter.chat.reaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knatter.shared.Checks;
import dev.knatter.shared.DomainError.InvalidRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EmojiTest {
  /** A thumb, one with a skin tone, a family, a flag, a keycap, the flag of Scotland, a heart, a letter. */
  @ParameterizedTest
  @ValueSource(strings = {"\uD83D\uDC4D", "\uD83D\uDC4D\uD83C\uDFFD",
      "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66", "\uD83C\uDDE9\uD83C\uDDEA",
      "1\uFE0F\u20E3",
      "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC73\uDB40\uDC63\uDB40\uDC74\uDB40\uDC7F", "\u2764\uFE0F",
      "x"})
  void oneSign_isAReaction(String text) {
    Checks checks = new Checks();
    assertThat(Emoji.check(checks, text, "/emoji").text()).isEqualTo(text);
    assertThatCode(checks::done).doesNotThrowAnyException();
  }

  /** Two signs, half of a sign, what nobody sees, and one sign with far too many accents. */
  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "ab", "\uD83D\uDC4D\uD83D\uDC4D", "\uD83D", " ", "\u200D", "\u00A0", "\u0301",
      "\n",
      "a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301"
          + "\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301"})
  void anythingElse_isRefused(@Nullable String text) {
    Checks checks = new Checks();
    Emoji _ = Emoji.check(checks, text, "/emoji");
    assertThatThrownBy(checks::done).isInstanceOf(InvalidRequest.class);
  }
}
