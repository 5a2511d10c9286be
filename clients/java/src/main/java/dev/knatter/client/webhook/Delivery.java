package dev.knatter.client.webhook;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One attempt to tell a webhook of an event.
 *
 * @param status the receiver's answer; null where there was none
 * @param outcome the same in words
 * @param nextTry when it is tried again; null where it is not
 */
public record Delivery(Instant at, String eventId, String type, @Nullable UUID conversationId,
    @Nullable UUID messageId, int attempt, boolean delivered, @Nullable Integer status, String outcome,
    long latencyMs, @Nullable Instant nextTry) {}
