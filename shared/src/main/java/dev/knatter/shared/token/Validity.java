package dev.knatter.shared.token;

import java.time.Duration;
import java.time.Instant;

import dev.knatter.shared.DomainError.Unauthenticated;

/** The time in which a token is valid. Each end is extended by {@link #SKEW}, by which clocks may differ. */
record Validity(Instant begins, Instant ends) {
  static final Duration SKEW = Duration.ofSeconds(30);

  /** Reads the claims iat, nbf and exp (RFC 7519 §4.1). A token is valid neither before its iat nor before its nbf. */
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
