package dev.knatter.chat.page;

import java.util.List;
import java.util.UUID;

import dev.knatter.chat.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * A page of messages in reading order, without duplicates.
 *
 * @param next where the walk continues in its direction; null if it has ended
 * @param previous for a page towards the past: where a walk towards the present begins that misses no message which
 *     is neither in this page nor below it; null for a page towards the present
 * @param more for a page towards the present: whether there were rows above it when it was read
 */
public record Page(List<Message> messages, @Nullable CursorPosition next, @Nullable CursorPosition previous,
    boolean more) {

  /** A page towards the past. */
  Page(List<Message> messages, @Nullable CursorPosition next, @Nullable CursorPosition previous) {
    this(messages, next, previous, false);
  }

  /** What this page has from a message on. A page towards the past is the last one if it has gone below. */
  Page from(@Nullable UUID floor) {
    if (floor == null) {
      return this;
    }
    List<Message> visible = messages.stream().filter(message -> floor.compareTo(message.id()) <= 0).toList();
    boolean isLast = previous != null && next != null && next.at().compareTo(floor) < 0;
    return new Page(visible, isLast ? null : next, previous, more);
  }
}
