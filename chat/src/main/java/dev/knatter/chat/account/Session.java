package dev.knatter.chat.account;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** An open session. device: its name; address: where it is notified; lastUsedAt: when the last tokens were issued. */
public record Session(UUID sessionId, @Nullable String device, @Nullable String address, Instant createdAt,
    Instant lastUsedAt) {}
