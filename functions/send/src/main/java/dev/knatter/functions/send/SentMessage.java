package dev.knatter.functions.send;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** The stored message. sender and recipient: usernames; sentAt: the time of its id. */
public record SentMessage(UUID id, UUID conversationId, String sender, @Nullable String recipient,
    String content,
    String contentType, Instant sentAt, @Nullable UUID replyTo, @Nullable String keyId) {}
