package dev.knatter.shared.token;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The caller of a request, as the access token says.
 *
 * @param username in the form in which it is stored
 * @param outside  the token's session if the outside issuer opened it; null if the session was opened here
 * @param operator whether the token has the scope {@link Operators#SCOPE}
 */
public record Identity(UUID userId, String username, UUID sessionId, @Nullable OutsideSession outside,
    boolean operator) {
  /** A caller in a session that was opened here. */
  public Identity(UUID userId, String username, UUID sessionId) {
    this(userId, username, sessionId, null, false);
  }

  /** A caller in a session of the outside issuer. */
  public Identity(UUID userId, String username, OutsideSession session) {
    this(userId, username, session.id(), session, false);
  }

  /** Returns the same caller, as an operator or not. */
  public Identity asOperator(boolean is) {
    return new Identity(userId, username, sessionId, outside, is);
  }
}
