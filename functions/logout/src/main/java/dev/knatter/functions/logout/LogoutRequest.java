package dev.knatter.functions.logout;

import org.jspecify.annotations.Nullable;

/** The body as it came. everywhere: absent like false. */
public record LogoutRequest(@Nullable Boolean everywhere) {
  boolean ofAll() {
    return everywhere != null && everywhere;
  }
}
