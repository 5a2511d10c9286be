package dev.knatter.guard;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the access token from the only place where it is looked for (RFC 6750 §2.1). */
final class BearerToken {
  private static final String SCHEME = "Bearer ";

  private BearerToken() {}

  /**
   * The token, unverified. Empty where there is none, another scheme, or two headers that differ in their spelling:
   * which of them counts is not ours to choose.
   */
  static Optional<String> of(Map<String, Object> headers) {
    List<Object> values = headers.entrySet()
      .stream()
      .filter(header -> header.getKey().equalsIgnoreCase("Authorization"))
      .map(Map.Entry::getValue)
      .toList();
    if (values.size() == 1 && values.getFirst() instanceof String value
        && value.regionMatches(/* ignoreCase= */ true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.of(value.substring(SCHEME.length()).strip());
    }
    return Optional.empty();
  }
}
