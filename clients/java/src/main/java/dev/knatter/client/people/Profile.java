package dev.knatter.client.people;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What the caller has said about themselves.
 *
 * @param readReceipts whether others see how far the caller has read
 * @param showLastSeen whether others see when the caller was online, and the caller sees it of others
 */
public record Profile(UUID userId, String username, @Nullable String displayName,
    @Nullable String phoneNumber,
    boolean readReceipts, boolean showLastSeen, Instant createdAt, List<PublicKey> publicKeys) {
  public Profile {
    Objects.requireNonNull(userId, "userId");
    Objects.requireNonNull(username, "username");
    publicKeys = List.copyOf(publicKeys);
  }
}
