package dev.knatter.functions.delete;

import org.jspecify.annotations.Nullable;

/**
 * The body of a deletion, not checked yet.
 *
 * @param conversationId the id of the message's conversation
 * @param id             of the message
 */
public record DeleteRequest(@Nullable String conversationId, @Nullable String id) {}
