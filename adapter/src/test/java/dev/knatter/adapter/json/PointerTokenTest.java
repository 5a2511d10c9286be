package dev.knatter.adapter.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PointerTokenTest {
  @Test
  void name_isWrittenAsRfc6901Says() {
    assertThat(PointerToken.of("content")).isEqualTo("content");
    assertThat(PointerToken.of("a/b~c~1")).isEqualTo("a~1b~0c~01");
    assertThat(PointerToken.of("größe 👋")).isEqualTo("größe 👋");
    assertThat(PointerToken.of("")).isEmpty();
  }

  @Test
  void whatCouldDoHarmWhereItIsShown_isReplaced() {
    assertThat(PointerToken.of("a\r\n\u001b[31mb")).isEqualTo("a\uFFFD\uFFFD\uFFFD[31mb");
    assertThat(PointerToken.of("<i>&\"'`\\")).isEqualTo("\uFFFDi" + "\uFFFD".repeat(6));
    assertThat(PointerToken.of("\u202e\u2066\u200b\u2028\u2029\ufeff\u0085\ue000"))
      .isEqualTo("\uFFFD".repeat(8));
    assertThat(PointerToken.of("a\ud83d")).isEqualTo("a\uFFFD");
  }

  @Test
  void longName_isCutBetweenCharacters() {
    assertThat(PointerToken.of("n".repeat(100))).isEqualTo("n".repeat(64));
    assertThat(PointerToken.of("n".repeat(63) + "/x")).isEqualTo("n".repeat(63));
    assertThat(PointerToken.of("n".repeat(63) + "👋")).isEqualTo("n".repeat(63));
  }
}
