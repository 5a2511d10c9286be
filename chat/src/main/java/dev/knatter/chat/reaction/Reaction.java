package dev.knatter.chat.reaction;

import java.util.UUID;

/**
 * A row of the table of reactions.
 *
 * @param present   false if the user has taken the reaction back
 * @param timestamp when it was written, in microseconds since 1970
 */
public record Reaction(UUID user, String emoji, boolean present, long timestamp) {}
