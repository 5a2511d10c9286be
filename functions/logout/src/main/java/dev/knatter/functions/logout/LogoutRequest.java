package dev.knatter.functions.logout;

import org.jspecify.annotations.Nullable;

/**
 * The body of a logout. everywhere: whether to end all sessions of the caller; cookie: whether the answer removes the cookie
 * with the refresh token. Absent means false.
 */
public record LogoutRequest(@Nullable Boolean everywhere, @Nullable Boolean cookie) {
  boolean endsAll() {
    return everywhere != null && everywhere;
  }

  boolean removesCookie() {
    return cookie != null && cookie;
  }
}
