package dev.knatter.chat.account;

import java.util.UUID;

import dev.knatter.shared.token.RefreshToken;
import dev.knatter.shared.token.TokenIssuer;

/** The answer of login and refresh (RFC 6749 §5.1, in camel case). expiresIn, refreshExpiresIn: seconds. */
public record Tokens(String tokenType, String accessToken, long expiresIn, String refreshToken,
    long refreshExpiresIn, UUID userId, UUID sessionId) {

  public static Tokens of(Login login) {
    return new Tokens("Bearer", login.accessToken(), TokenIssuer.LIFETIME.toSeconds(),
        login.refreshToken().text(), RefreshToken.LIFETIME.toSeconds(), login.identity().userId(),
        login.identity().sessionId());
  }

  /** Leaves the tokens out, because the text may be logged. */
  @Override
  public String toString() {
    return "Tokens[" + sessionId + "]";
  }
}
