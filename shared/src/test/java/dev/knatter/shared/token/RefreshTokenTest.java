package dev.knatter.shared.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;

import dev.knatter.shared.DomainError.Unauthenticated;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    assertThat(bytes.remaining()).isEqualTo(16 + 32);
    assertThat(token.hash()).isEqualTo(MessageDigest.getInstance("SHA-256").digest(decoded));
  }

  @Test
  void mint_twice_differs() {
    SecureRandom random = new SecureRandom();

    assertThat(RefreshToken.mint(user, session, 1, random))
      .isNotEqualTo(RefreshToken.mint(user, session, 1, random));
  }

  @Test
  void parse_whatWasMinted_saysTheSame() {
    RefreshToken token = RefreshToken.mint(user, session, 7, new SecureRandom());

    RefreshToken parsed = RefreshToken.parse(token.text());

    assertThat(parsed.userId()).isEqualTo(user);
    assertThat(parsed.sessionId()).isEqualTo(session);
    assertThat(parsed.generation()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "=", "no token", "bm8gdG9rZW4", "\u0000", "e30.e30.e30"})
  void parse_whatIsNone_isUnauthenticated(String text) {
    assertThatThrownBy(() -> RefreshToken.parse(text)).isInstanceOf(Unauthenticated.class);
  }

  @Test
  void successor_ofTheSameSalt_isTheSameAndOfAnotherIsAnother() {
    RefreshToken token = RefreshToken.mint(user, session, 7, new SecureRandom());
    RefreshToken next = token.successor(new byte[]{1});

    assertThat(token.successor(new byte[]{1})).isEqualTo(next);
    assertThat(token.successor(new byte[]{2})).isNotEqualTo(next);
    assertThat(next.successor(new byte[]{1})).isNotEqualTo(next);
    assertThat(next.generation()).isEqualTo(8);
    assertThat(next.sessionId()).isEqualTo(session);
    assertThat(next.familyHash()).isEqualTo(token.familyHash());
    assertThat(RefreshToken.mint(user, session, 8, new SecureRandom()).familyHash())
      .isNotEqualTo(token.familyHash());
  }

  @Test
  void toString_always_hidesTheToken() {
    RefreshToken token = RefreshToken.mint(user, session, 1, new SecureRandom());

    assertThat(token.toString()).doesNotContain(token.text());
  }
}
