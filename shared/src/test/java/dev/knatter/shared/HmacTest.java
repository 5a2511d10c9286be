package dev.knatter.shared;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HmacTest {
  /** RFC 4231, test cases 1, 2, 3 and 4. */
  @ParameterizedTest
  @CsvSource({
      "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 4869205468657265, "
          + "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
      "4a656665, 7768617420646f2079612077616e7420666f72206e6f7468696e673f, "
          + "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, "
          + "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd, "
          + "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
      "0102030405060708090a0b0c0d0e0f10111213141516171819, "
          + "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd, "
          + "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"})
  void of_theVectorsOfTheRfc_isTheirs(String key, String text, String mac) {
    HexFormat hex = HexFormat.of();
    assertThat(new Hmac(hex.parseHex(key)).of(hex.parseHex(text))).isEqualTo(hex.parseHex(mac));
  }

  @Test
  void of_anything_isWhatTheJdkSays() throws GeneralSecurityException {
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      byte[] key = new byte[1 + random.nextInt(64)];
      byte[] text = new byte[random.nextInt(300)];
      random.nextBytes(key);
      random.nextBytes(text);
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      assertThat(new Hmac(key).of(text)).isEqualTo(mac.doFinal(text));
    }
  }

  @Test
  void of_parts_isThatOfThemTogether() {
    Hmac hmac = new Hmac("key".getBytes(UTF_8));
    assertThat(hmac.of("one".getBytes(UTF_8), "two".getBytes(UTF_8)))
      .isEqualTo(hmac.of("onetwo".getBytes(UTF_8)));
  }

  @Test
  void keyLongerThanABlock_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Hmac(new byte[65]));
  }
}
