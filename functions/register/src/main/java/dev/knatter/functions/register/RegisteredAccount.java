package dev.knatter.functions.register;

import java.time.Instant;
import java.util.UUID;

/** The answer: the new account. */
public record RegisteredAccount(UUID userId, String username, Instant createdAt) {}
