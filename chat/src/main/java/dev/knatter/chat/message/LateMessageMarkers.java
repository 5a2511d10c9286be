package dev.knatter.chat.message;

import java.util.List;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import dev.knatter.chat.inbox.WriteAttempt;
import dev.knatter.shared.Uuid7;

/**
 * Writes markers: timeline rows at a fresh id that refer to a late message, because readers may have passed the
 * message's own id. Every batch that starts more than {@link IdAge#MARKED_AFTER} after the message's time contains one.
 */
record LateMessageMarkers(Timeline timeline, Slices slices, ConversationIndex index) {

  /** The statements to add to the batch of an attempt; none if readers cannot have passed the message's id. */
  List<BatchableStatement<?>> rows(WriteAttempt attempt, Message message, TimeToLive timeToLive) {
    UUID fresh = attempt.position();
    if (Uuid7.millis(fresh) - Uuid7.millis(message.id()) <= IdAge.MARKED_AFTER.toMillis()) {
      return List.of();
    }
    UUID conversation = message.conversationId();
    return List.of(timeline.insertMarker(conversation, fresh, message.id(), timeToLive),
        index.insert(message, slices.of(conversation, fresh)));
  }
}
