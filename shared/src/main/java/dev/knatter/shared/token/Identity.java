package dev.knatter.shared.token;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Who is calling, as the access token says.
 *
 * @param username as it is stored
 * @param outside  the session of the token where the outside issuer has opened it; null where it was opened here
 * @param operator whether the token has the scope {@link Operators#SCOPE}
 */
public record Identity(UUID userId, String username, UUID sessionId, @Nullable OutsideSession outside,
    boolean operator) {
  /** In a session that was opened here. */
  public Identity(UUID userId, String username, UUID sessionId) {
    this(userId, username, sessionId, null, false);
  }

  /** In a session of the outside issuer. */
  public Identity(UUID userId, String username, OutsideSession session) {
    this(userId, username, session.id(), session, false);
  }

  /** The same caller as an operator, or not as one. */
  public Identity asOperator(boolean is) {
    return new Identity(userId, username, sessionId, outside, is);
  }
}
