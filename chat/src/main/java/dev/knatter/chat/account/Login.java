package dev.knatter.chat.account;

import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.RefreshToken;

/** An open session and what its owner needs to use it and to renew it. */
public record Login(Identity identity, String accessToken, RefreshToken refreshToken) {
  /** Without the tokens: this may end up in a log. */
  @Override
  public String toString() {
    return "Login[" + identity + "]";
  }
}
