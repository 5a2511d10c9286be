package dev.knatter.client.conversation;

import java.util.UUID;

/**
 * How far somebody has read.
 *
 * @param upTo the last message that they have marked
 */
public record Receipt(UUID userId, String username, UUID upTo) {}
