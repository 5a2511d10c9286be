package dev.knatter.functions.refresh;

import dev.knatter.guard.RefreshCookie;
import dev.knatter.shared.DomainError.InvalidRequest;
import dev.knatter.shared.token.RefreshToken;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;

/** The body of a refresh, not checked yet. cookie: whether a cookie holds the refresh token; absent means false. */
public record RefreshRequest(@Nullable String refreshToken, @Nullable Boolean cookie) {
  boolean byCookie() {
    return cookie != null && cookie;
  }

  /** @param message the one with this body */
  RefreshToken token(Message<RefreshRequest> message, RefreshCookie cookies) {
    if (byCookie() && refreshToken != null) {
      throw new InvalidRequest("/refreshToken", "must not be there beside cookie");
    }
    if (byCookie()) {
      return cookies.token(message);
    }
    if (refreshToken == null) {
      throw new InvalidRequest("/refreshToken", "is required");
    }
    return RefreshToken.parse(refreshToken);
  }

  /** Leaves the token out, because the text may be logged. */
  @Override
  public String toString() {
    return "RefreshRequest";
  }
}
