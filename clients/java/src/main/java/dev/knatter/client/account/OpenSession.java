package dev.knatter.client.account;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A session of the caller.
 *
 * @param device the name that the login gave it
 * @param lastUsedAt when its tokens were issued last
 * @param current whether it is the session that asks
 */
public record OpenSession(UUID sessionId, @Nullable String device, Instant createdAt, Instant lastUsedAt,
    boolean current) {
  public OpenSession {
    Objects.requireNonNull(sessionId, "sessionId");
  }
}
