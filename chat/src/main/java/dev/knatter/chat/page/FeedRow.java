package dev.knatter.chat.page;

import java.util.UUID;

import dev.knatter.chat.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * A row of a feed.
 *
 * @param key its place: a message's id in a timeline, a position in an inbox
 * @param id the message it holds or refers to
 * @param message where the row holds it and was read whole
 * @param late whether it stands for a message that landed so late that readers may have passed the message's own row
 */
record FeedRow(UUID key, UUID conversation, UUID id, @Nullable Message message, boolean late) {}
