package dev.knatter.chat.account;

import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.RefreshToken;

/** An open session and its tokens. */
public record Login(Identity identity, String accessToken, RefreshToken refreshToken) {
  /** Leaves the tokens out, because the text may be logged. */
  @Override
  public String toString() {
    return "Login[" + identity + "]";
  }
}
