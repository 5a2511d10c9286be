package dev.knatter.chat.message;

import dev.knatter.chat.conversation.Audience;
import dev.knatter.chat.inbox.Change;
import dev.knatter.chat.pending.Intent;
import org.jspecify.annotations.Nullable;

/** Enters a message of a large group in the inboxes that its commit has left out. */
@FunctionalInterface
public interface FanOut {
  /** Does nothing, so that a sweep has to do it. */
  FanOut LEFT_TO_SWEEP = (_, _, _, row) -> row.close();

  /**
   * Starts to enter a message, and returns at once.
   *
   * @param change   how the message was changed; null for the message itself
   * @param audience whose conversation names the members that have it already
   * @param row      by which a sweep finds the rest if this process stops; this call takes care of it
   */
  void start(Message message, @Nullable Change change, Audience audience, Intent row);
}
