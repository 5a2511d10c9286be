package dev.knatter.adapter.held;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;

import org.junit.jupiter.api.Test;

final class GripSignatureTest {
  /** The example of RFC 7515 A.1. */
  private static final byte[] KEY = Base64.getUrlDecoder()
    .decode("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");
  private static final String TOKEN = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
      + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
      + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  private static final long END = 1_300_819_380;

  private static boolean isValid(String token, long now) {
    return new GripSignature(KEY, InstantSource.fixed(Instant.ofEpochSecond(now))).isValid(token);
  }

  private static String signed(String header, String claims) {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    String content = encoder.encodeToString(header.getBytes(UTF_8)) + '.'
        + encoder.encodeToString(claims.getBytes(UTF_8));
    return content + '.' + encoder.encodeToString(new Hmac(KEY).of(content.getBytes(UTF_8)));
  }

  @Test
  void exampleOfTheSpecification_isGoodUntilItsEnd() {
    assertThat(isValid(TOKEN, END - 1)).isTrue();
    assertThat(isValid(TOKEN, END)).isFalse();
  }

  @Test
  void tokenThatIsChanged_orOfAnotherKey_isNone() {
    assertThat(isValid(TOKEN.replace("dBjf", "dBjg"), 0)).isFalse();
    assertThat(isValid(TOKEN.replace(".eyJpc3", ".eyJpc2"), 0)).isFalse();
    assertThat(new GripSignature(new byte[]{1}, InstantSource.fixed(Instant.EPOCH)).isValid(TOKEN)).isFalse();
  }

  @Test
  void otherAlgorithms_missingEnds_andWhatIsNoToken_areRefused() {
    assertThat(isValid(signed("{\"alg\":\"HS256\"}", "{\"exp\":100}"), 0)).isTrue();
    assertThat(isValid(signed("{\"alg\":\"none\"}", "{\"exp\":100}"), 0)).isFalse();
    assertThat(isValid(signed("{\"alg\":\"HS512\"}", "{\"exp\":100}"), 0)).isFalse();
    assertThat(isValid(signed("{}", "{\"exp\":100}"), 0)).isFalse();
    assertThat(isValid(signed("{\"alg\":\"HS256\"}", "{}"), 0)).isFalse();
    assertThat(isValid(signed("{\"alg\":\"HS256\"}", "{\"exp\":\"100\"}"), 0)).isFalse();
    assertThat(isValid(signed("{\"alg\":\"HS256\"}", "[]"), 0)).isFalse();
    for (String token : new String[]{"", ".", "..", "a.b.c", "a.b.c.d", "ä.ö.ü", TOKEN + ".", "." + TOKEN}) {
      assertThat(isValid(token, 0)).as(token).isFalse();
    }
  }
}
