package dev.knatter.client.session;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

/**
 * A session, as a {@link SessionStore} keeps it.
 *
 * @param renewAt when to renew the access token, some time before its end, by the clock of this machine
 */
public record StoredSession(String username, UUID userId, UUID sessionId, String accessToken, Instant renewAt,
    String refreshToken) {
  private static final long EARLY_SECONDS = 30;

  public StoredSession {
    Objects.requireNonNull(username, "username");
    Objects.requireNonNull(userId, "userId");
    Objects.requireNonNull(sessionId, "sessionId");
    Objects.requireNonNull(accessToken, "accessToken");
    Objects.requireNonNull(renewAt, "renewAt");
    Objects.requireNonNull(refreshToken, "refreshToken");
  }

  static StoredSession of(String username, Tokens tokens, Instant now) {
    // Not just before its end: a token must not end on its way.
    long seconds = Math.max(tokens.expiresIn() - EARLY_SECONDS, tokens.expiresIn() / 2);
    return new StoredSession(username.toLowerCase(Locale.ROOT), tokens.userId(), tokens.sessionId(),
        tokens.accessToken(), now.plusSeconds(seconds), tokens.refreshToken());
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "session " + sessionId + " of " + username;
  }
}
