package dev.knatter.shared.token;

import org.jspecify.annotations.Nullable;

/**
 * Who is calling, as a token of the outside issuer says. Issuer and subject together name one person for ever (OpenID
 * Connect Core 1.0 §5.7); what he is called may change, and is unchecked here.
 *
 * @param operator whether the token has the scope {@link Operators#SCOPE}
 */
public record OutsideIdentity(String issuer, String subject, OutsideSession session,
    @Nullable String preferredUsername,
    @Nullable String name, boolean operator) {

  /** Somebody who is no operator. */
  public OutsideIdentity(String issuer, String subject, OutsideSession session,
      @Nullable String preferredUsername, @Nullable String name) {
    this(issuer, subject, session, preferredUsername, name, false);
  }

  static OutsideIdentity of(Claims claims) {
    return new OutsideIdentity(claims.text("iss"), claims.text("sub"), OutsideSession.of(claims),
        claims.textIfAny("preferred_username"), claims.textIfAny("name"), claims.hasScope(Operators.SCOPE));
  }

  /** Without what is said of the person: this may end up in a log. */
  @Override
  public String toString() {
    return "OutsideIdentity[" + session.id() + "]";
  }
}
