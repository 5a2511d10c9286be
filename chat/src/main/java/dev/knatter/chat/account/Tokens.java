package dev.knatter.chat.account;

import java.util.UUID;

import dev.knatter.shared.token.RefreshToken;
import dev.knatter.shared.token.TokenIssuer;
import org.jspecify.annotations.Nullable;

/**
 * The answer of login and refresh (RFC 6749 §5.1, in camel case). expiresIn, refreshExpiresIn: seconds; refreshToken: null where
 * a cookie holds it; webhookSecret: only of a login whose device's address is a webhook.
 */
public record Tokens(String tokenType, String accessToken, long expiresIn, @Nullable String refreshToken,
    long refreshExpiresIn, UUID userId, UUID sessionId, @Nullable String webhookSecret) {

  public static Tokens of(Login login) {
    return of(login, null);
  }

  public static Tokens of(Login login, @Nullable String webhookSecret) {
    return new Tokens("Bearer", login.accessToken(), TokenIssuer.LIFETIME.toSeconds(),
        login.refreshToken().text(), RefreshToken.LIFETIME.toSeconds(), login.identity().userId(),
        login.identity().sessionId(), webhookSecret);
  }

  /** The same for a page, whose scripts must not see the refresh token. */
  public Tokens withoutRefreshToken() {
    return new Tokens(tokenType, accessToken, expiresIn, null, refreshExpiresIn, userId, sessionId,
        webhookSecret);
  }

  /** Leaves the tokens out, because the text may be logged. */
  @Override
  public String toString() {
    return "Tokens[" + sessionId + "]";
  }
}
