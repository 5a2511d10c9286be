package dev.knatter.shared.token;

import java.time.Duration;
import java.time.Instant;

import dev.knatter.shared.DomainError.Unauthenticated;

/** From when until when a token counts, give or take {@link #SKEW}, by which clocks may differ. */
record Validity(Instant begins, Instant ends) {
  static final Duration SKEW = Duration.ofSeconds(30);

  /** The claims iat, nbf and exp (RFC 7519 §4.1). A token counts neither before it was issued nor before its nbf. */
  static Validity of(Claims claims) {
    Instant issued = claims.time("iat");
    Instant begins = claims.has("nbf") ? claims.time("nbf") : issued;
    return new Validity(begins.isAfter(issued) ? begins : issued, claims.time("exp"));
  }

  void require(Instant now) {
    if (begins.isAfter(now.plus(SKEW))) {
      throw new Unauthenticated("The access token is not valid.");
    }
    if (!now.isBefore(ends.plus(SKEW))) {
      throw new Unauthenticated("The access token has expired.");
    }
  }
}
