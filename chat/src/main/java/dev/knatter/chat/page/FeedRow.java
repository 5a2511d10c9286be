package dev.knatter.chat.page;

import java.util.UUID;

import dev.knatter.chat.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * A row of a feed.
 *
 * @param key the message's id in a timeline, the position in an inbox
 * @param id the message that the row contains or refers to
 * @param message the message; null if it was not read with the row
 * @param late whether the row is a marker: its message was so late that readers may have passed the message's own row
 */
record FeedRow(UUID key, UUID conversation, UUID id, @Nullable Message message, boolean late) {}
