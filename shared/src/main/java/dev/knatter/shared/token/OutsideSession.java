package dev.knatter.shared.token;

import java.time.Instant;
import java.util.UUID;

import dev.knatter.shared.Digest;
import dev.knatter.shared.Uuid8;
import org.jspecify.annotations.Nullable;

/**
 * A session that the outside issuer keeps, by one token of it. Nothing of it is stored here but that it was ended, and
 * that ends the tokens issued until then: where it goes on at the issuer, those that its bearer gets there later count.
 * The ids are derived, and of version 8 (RFC 9562 §5.8): never that of a session that was opened here.
 *
 * @param id       one for each session at the issuer where its tokens name one ({@code sid}); else as person
 * @param person   one for each person, whatever sessions he has
 * @param issuedAt the token's {@code iat}, whole seconds by the issuer's clock
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

  /** Whether what was ended at some moment, if any, ended this token. */
  boolean endedBy(@Nullable Instant moment) {
    return moment != null && !issuedAt.isAfter(moment);
  }
}
