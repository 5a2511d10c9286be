package dev.knatter.functions.react;

import org.jspecify.annotations.Nullable;

/**
 * The body of a reaction, not checked yet.
 *
 * @param conversationId the id of the message's conversation
 * @param id             of the message
 * @param emoji          one sign, of at most 64 bytes of UTF-8
 * @param remove         whether to take the reaction back; absent means false
 */
public record ReactRequest(@Nullable String conversationId, @Nullable String id, @Nullable String emoji,
    @Nullable Boolean remove) {}
