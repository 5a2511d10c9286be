package dev.knatter.functions.logout;

import org.jspecify.annotations.Nullable;

/** The body of a logout. everywhere: whether to end all sessions of the caller; absent means false. */
public record LogoutRequest(@Nullable Boolean everywhere) {
  boolean endsAll() {
    return everywhere != null && everywhere;
  }
}
