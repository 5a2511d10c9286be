package dev.knatter.chat.account;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** A user's public profile. displayName: as in {@link DisplayName}; keys: by id, at most {@link PublicKeys#MAX}. */
public record Profile(UUID userId, String username, @Nullable String displayName, Instant createdAt,
    List<DeviceKey> keys) {}
