package dev.knatter.chat.page;

import java.util.List;

import dev.knatter.chat.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * A page of messages in reading order, without duplicates.
 *
 * @param next where the walk continues in its direction; null if it has ended
 * @param previous for a page towards the past: where a walk towards the present begins that misses no message which
 *     is neither in this page nor below it; null for a page towards the present
 */
public record Page(List<Message> messages, @Nullable CursorPosition next,
    @Nullable CursorPosition previous) {}
