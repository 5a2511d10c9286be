package dev.knatter.client.people;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** Somebody, as others see them. */
public record User(UUID userId, String username, @Nullable String displayName, List<PublicKey> publicKeys) {
  public User {
    Objects.requireNonNull(userId, "userId");
    Objects.requireNonNull(username, "username");
    publicKeys = List.copyOf(publicKeys);
  }
}
