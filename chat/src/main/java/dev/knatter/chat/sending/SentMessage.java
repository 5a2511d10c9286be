package dev.knatter.chat.sending;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** The stored message. sender and recipient: usernames; sentAt: the time of its id. */
public record SentMessage(UUID id, UUID conversationId, String sender, @Nullable String recipient,
    String content,
    String contentType, Instant sentAt, int version, @Nullable UUID replyTo, @Nullable String keyId) {}
