package dev.knatter.chat.message;

import java.util.List;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import dev.knatter.chat.inbox.WriteAttempt;
import dev.knatter.shared.Uuid7;

/**
 * What sends readers of a timeline back to a message whose id they may have passed: a row at a fresh id that refers to it.
 * A message has one in each batch that begins to be written when its id is no longer young.
 */
record LateMessageMarkers(Timeline timeline, Slices slices, ConversationIndex index) {

  /** The rows to add to the batch of an attempt; none where the message is young enough to be found by its id. */
  List<BatchableStatement<?>> rows(WriteAttempt attempt, Message message) {
    UUID fresh = attempt.position();
    if (Uuid7.millis(fresh) - Uuid7.millis(message.id()) <= IdAge.UNMARKED.toMillis()) {
      return List.of();
    }
    UUID conversation = message.conversationId();
    return List.of(timeline.insertMarker(conversation, fresh, message.id()),
        index.insert(message, slices.of(conversation, fresh)));
  }
}
