package dev.knatter.core.account;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** Somebody who can log in. userId: UUIDv7 of the moment of registration; displayName: 1 to 64 characters. */
public record Account(UUID userId, Username username, @Nullable String displayName, Instant createdAt) {}
