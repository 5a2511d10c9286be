package dev.knatter.core.token;

import java.nio.ByteBuffer;
import java.util.UUID;

import dev.knatter.core.Digest;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling, as a token of the outside issuer says. Issuer and subject together name one person for ever (OpenID
 * Connect Core 1.0 §5.7); what he is called may change, and is unchecked here.
 *
 * @param sessionId one for each session at the issuer where its tokens name one ({@code sid}), one for each person
 *                  where they do not; derived, since no session of ours stands behind it
 */
public record OutsideIdentity(String issuer, String subject, UUID sessionId,
    @Nullable String preferredUsername,
    @Nullable String name) {

  static OutsideIdentity of(Claims claims) {
    String issuer = claims.text("iss");
    String subject = claims.text("sub");
    return new OutsideIdentity(issuer, subject, session(issuer, subject, claims.textIfAny("sid")),
        claims.textIfAny("preferred_username"), claims.textIfAny("name"));
  }

  /** Version 8 (RFC 9562 §5.8): never the id of a session that was opened here. */
  private static UUID session(String issuer, String subject, @Nullable String sid) {
    ByteBuffer hash = ByteBuffer.wrap(new Digest().add(issuer).add(subject).add(sid).bytes());
    return new UUID((hash.getLong() & ~0xF000L) | 0x8000L,
        (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
  }

  /** Without what is said of the person: this may end up in a log. */
  @Override
  public String toString() {
    return "OutsideIdentity[" + sessionId + "]";
  }
}
