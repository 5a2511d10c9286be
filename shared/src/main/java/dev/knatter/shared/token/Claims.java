package dev.knatter.shared.token;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** The claims of a token. Its methods throw IllegalArgumentException if a claim is missing or has another type. */
record Claims(Map<String, Object> values) {
  /** In seconds since 1970. It is later than any real date and small enough not to overflow. */
  private static final long LATEST = 1L << 40;

  boolean has(String name) {
    return values.get(name) != null;
  }

  String text(String name) {
    if (values.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(name);
  }

  /** Returns a claim, or null if the token does not have it. */
  @Nullable
  String textIfAny(String name) {
    return has(name) ? text(name) : null;
  }

  /** Whether the scope claim (RFC 8693 §4.2), whose values are separated by spaces, has this value. */
  boolean hasScope(String scope) {
    return values.get("scope") instanceof String scopes && List.of(scopes.split(" ", -1)).contains(scope);
  }

  UUID uuid(String name) {
    return UUID.fromString(text(name));
  }

  /** Reads a NumericDate (RFC 7519 §2): seconds since 1970. */
  Instant time(String name) {
    if (values.get(name) instanceof Long seconds && seconds >= 0 && seconds < LATEST) {
      return Instant.ofEpochSecond(seconds);
    }
    throw new IllegalArgumentException(name);
  }

  /** Reads the audience, which is one text or a list (RFC 7519 §4.1.3). */
  List<?> audience() {
    return values.get("aud") instanceof List<?> several ? several : List.of(text("aud"));
  }
}
