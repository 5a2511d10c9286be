package dev.knatter.functions.read;

import org.jspecify.annotations.Nullable;

/**
 * The body of a read mark, not checked yet.
 *
 * @param conversationId the id of a conversation of the caller
 * @param upTo           the id of the last message that was read
 */
public record ReadRequest(@Nullable String conversationId, @Nullable String upTo) {}
