package dev.knatter.chat.account;

import java.time.Instant;
import java.util.UUID;

/** An account, under which a person logs in. userId: UUIDv7 of the moment of registration. */
public record Account(UUID userId, Username username, Instant createdAt) {}
