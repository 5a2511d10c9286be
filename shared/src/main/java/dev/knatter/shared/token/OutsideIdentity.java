package dev.knatter.shared.token;

import org.jspecify.annotations.Nullable;

/**
 * The caller of a request, as a token of the outside issuer says. Issuer and subject together always name the same person
 * (OpenID Connect Core 1.0 §5.7). The names may change, and nobody has checked them here.
 *
 * @param operator whether the token has the scope {@link Operators#SCOPE}
 */
public record OutsideIdentity(String issuer, String subject, OutsideSession session,
    @Nullable String preferredUsername,
    @Nullable String name, boolean operator) {

  /** A caller who is not an operator. */
  public OutsideIdentity(String issuer, String subject, OutsideSession session,
      @Nullable String preferredUsername, @Nullable String name) {
    this(issuer, subject, session, preferredUsername, name, false);
  }

  static OutsideIdentity of(Claims claims) {
    return new OutsideIdentity(claims.text("iss"), claims.text("sub"), OutsideSession.of(claims),
        claims.textIfAny("preferred_username"), claims.textIfAny("name"), claims.hasScope(Operators.SCOPE));
  }

  /** Leaves out all data of the person, because the text may be logged. */
  @Override
  public String toString() {
    return "OutsideIdentity[" + session.id() + "]";
  }
}
