package dev.knatter.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Base64TextTest {
  @Test
  void bytes_inEachFormThatPeopleWrite_areTheSame() {
    Random random = new Random(5);
    for (int length = 1; length <= 100; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      String canonical = Base64.getEncoder().encodeToString(bytes);
      assertThat(Stream.of(Base64.getEncoder(), Base64.getUrlEncoder())
        .flatMap(encoder -> Stream.of(encoder, encoder.withoutPadding()))
        .map(encoder -> Base64Text.decode(encoder.encodeToString(bytes)).map(Base64Text::encode)))
        .allSatisfy(text -> assertThat(text).contains(canonical));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"=", "A", "A=", "A===", "AA=", "AAA==", "AAAA=", "AA==AAAA", "AA AA", "AAAA\n",
      "A.AA",
      "\u0100AAA", "\u00e4AAA"})
  void otherTexts_areNone(String text) {
    assertThat(Base64Text.decode(text)).isEmpty();
  }
}
