package dev.knatter.functions.refresh;

import dev.knatter.shared.DomainError.InvalidRequest;
import dev.knatter.shared.token.RefreshToken;
import org.jspecify.annotations.Nullable;

/** The body of a refresh, not checked yet. */
public record RefreshRequest(@Nullable String refreshToken) {
  RefreshToken token() {
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
