package dev.knatter.functions.refresh;

import dev.knatter.shared.DomainError.InvalidRequest;
import dev.knatter.shared.token.RefreshToken;
import org.jspecify.annotations.Nullable;

/** The body as it came. */
public record RefreshRequest(@Nullable String refreshToken) {
  RefreshToken token() {
    if (refreshToken == null) {
      throw new InvalidRequest("/refreshToken", "is required");
    }
    return RefreshToken.parse(refreshToken);
  }

  /** Without the token: this may end up in a log. */
  @Override
  public String toString() {
    return "RefreshRequest";
  }
}
