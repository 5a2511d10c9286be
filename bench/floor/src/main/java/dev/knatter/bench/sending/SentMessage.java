package dev.knatter.bench.sending;

import java.time.Instant;
import java.util.UUID;

/** A stored message, as a send answers it. sender and recipient: usernames; sentAt: the time of its id. */
public record SentMessage(UUID id, UUID conversationId, String sender, String recipient, String content,
    String contentType, Instant sentAt) {}
