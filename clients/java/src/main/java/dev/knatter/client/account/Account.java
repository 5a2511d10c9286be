package dev.knatter.client.account;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/** A new account. */
public record Account(UUID userId, String username, Instant createdAt) {
  public Account {
    Objects.requireNonNull(userId, "userId");
    Objects.requireNonNull(username, "username");
    Objects.requireNonNull(createdAt, "createdAt");
  }
}
