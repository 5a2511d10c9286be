package dev.knatter.core.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;

import org.junit.jupiter.api.Test;

final class RefreshTokenTest {
  private final UUID user = UUID.randomUUID();
  private final UUID session = UUID.randomUUID();

  @Test
  void mint_always_saysWhoseItIsAndEndsInASecret() throws Exception {
    RefreshToken token = RefreshToken.mint(user, session, 7, new SecureRandom());

    byte[] decoded = Base64.getUrlDecoder().decode(token.text());
    ByteBuffer bytes = ByteBuffer.wrap(decoded);
    assertThat(new UUID(bytes.getLong(), bytes.getLong())).isEqualTo(user);
    assertThat(new UUID(bytes.getLong(), bytes.getLong())).isEqualTo(session);
    assertThat(bytes.getInt()).isEqualTo(7);
    assertThat(bytes.remaining()).isEqualTo(32);
    assertThat(token.hash()).isEqualTo(MessageDigest.getInstance("SHA-256").digest(decoded));
  }

  @Test
  void mint_twice_differs() {
    SecureRandom random = new SecureRandom();

    assertThat(RefreshToken.mint(user, session, 1, random))
      .isNotEqualTo(RefreshToken.mint(user, session, 1, random));
  }

  @Test
  void toString_always_hidesTheToken() {
    RefreshToken token = RefreshToken.mint(user, session, 1, new SecureRandom());

    assertThat(token.toString()).doesNotContain(token.text());
  }
}
