package dev.knatter.client.session;

import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What a login and a renewal answer.
 *
 * @param expiresIn seconds that the access token is valid
 * @param refreshToken good for one renewal
 * @param refreshExpiresIn seconds that the refresh token is valid
 * @param webhookSecret of a login whose device is a webhook; shown this once
 */
public record Tokens(String tokenType, String accessToken, long expiresIn, String refreshToken,
    long refreshExpiresIn, UUID userId, UUID sessionId, @Nullable String webhookSecret) {
  public Tokens {
    Objects.requireNonNull(accessToken, "accessToken");
    Objects.requireNonNull(refreshToken, "refreshToken");
    Objects.requireNonNull(userId, "userId");
    Objects.requireNonNull(sessionId, "sessionId");
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "Tokens of the session " + sessionId;
  }
}
