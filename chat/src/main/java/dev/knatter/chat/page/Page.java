package dev.knatter.chat.page;

import java.util.List;

import dev.knatter.chat.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * Messages in the order in which they were read, none twice.
 *
 * @param next where the walk goes on in its direction; null where it has ended
 * @param previous of a page towards the past, where a walk towards the present begins that misses nothing which is
 *     not in this page or below it; null in a page towards the present
 */
public record Page(List<Message> messages, @Nullable CursorPosition next,
    @Nullable CursorPosition previous) {}
