package dev.knatter.guard;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the access token from the {@code Authorization} header (RFC 6750 §2.1). No other place is read. */
final class BearerToken {
  private static final String SCHEME = "Bearer ";

  private BearerToken() {}

  /**
   * The unverified token. Empty if there is none, if the scheme is another, or if there are two such headers that
   * differ in their spelling, because then it is not clear which one is right.
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
