package dev.knatter.functions.edit;

import org.jspecify.annotations.Nullable;

/**
 * The body of an edit, not checked yet.
 *
 * @param conversationId the id of the message's conversation
 * @param id             of the message
 * @param content        1 to 16,384 bytes of UTF-8
 * @param contentType    a media type; absent leaves it as it is
 * @param keyId          the recipient's key with which the content is encrypted; absent leaves it as it is
 */
public record EditRequest(@Nullable String conversationId, @Nullable String id, @Nullable String content,
    @Nullable String contentType, @Nullable String keyId) {}
