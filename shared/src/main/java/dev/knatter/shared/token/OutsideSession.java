package dev.knatter.shared.token;

import java.time.Instant;
import java.util.UUID;

import dev.knatter.shared.Digest;
import dev.knatter.shared.Uuid8;
import org.jspecify.annotations.Nullable;

/**
 * A session of the outside issuer, as one of its tokens describes it. The product stores only that the session was ended.
 * That ends the tokens that were issued until then. If the session goes on at the issuer, the tokens that the issuer gives
 * out later are valid.
 *
 * <p>The ids are hashes, as UUIDs of version 8 (RFC 9562 §5.8), so they never equal the id of a session that was opened
 * here.
 *
 * @param id       one for each session at the issuer, if the token names its session ({@code sid}); else the same as person
 * @param person   one for each person, the same in all of their sessions
 * @param issuedAt the token's {@code iat}, in whole seconds by the issuer's clock
 */
public record OutsideSession(UUID id, UUID person, Instant issuedAt) {
  static OutsideSession of(Claims claims) {
    String issuer = claims.text("iss");
    String subject = claims.text("sub");
    return new OutsideSession(derived(issuer, subject, claims.textIfAny("sid")),
        derived(issuer, subject, null),
        claims.time("iat"));
  }

  private static UUID derived(String issuer, String subject, @Nullable String sid) {
    return Uuid8.of(new Digest().add(issuer).add(subject).add(sid));
  }

  /** Whether a revocation at the given moment ended this token; false for null, which means no revocation. */
  boolean endedBy(@Nullable Instant moment) {
    return moment != null && !issuedAt.isAfter(moment);
  }
}
