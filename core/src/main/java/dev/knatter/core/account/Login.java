package dev.knatter.core.account;

import dev.knatter.core.token.Identity;
import dev.knatter.core.token.RefreshToken;

/** An open session and what its owner needs to use it and to renew it. */
public record Login(Identity identity, String accessToken, RefreshToken refreshToken) {
  /** Without the tokens: this may end up in a log. */
  @Override
  public String toString() {
    return "Login[" + identity + "]";
  }
}
