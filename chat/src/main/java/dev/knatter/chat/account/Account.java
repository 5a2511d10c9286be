package dev.knatter.chat.account;

import java.time.Instant;
import java.util.UUID;

/** Somebody who can log in. userId: UUIDv7 of the moment of registration. */
public record Account(UUID userId, Username username, Instant createdAt) {}
