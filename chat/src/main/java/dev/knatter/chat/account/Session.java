package dev.knatter.chat.account;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** An open session. device: the name that its owner gave the device; address: where it is notified; lastUsedAt: when its tokens were issued last. */
public record Session(UUID sessionId, @Nullable String device, @Nullable String address, Instant createdAt,
    Instant lastUsedAt) {}
