package dev.knatter.core.message;

import java.util.List;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import dev.knatter.core.Uuid7;
import dev.knatter.core.delivery.Ticket;

/**
 * What sends readers of a timeline back to a message whose id they may have passed: a row at a fresh id that refers to it.
 * A message has one in each batch that begins to be written when its id is no longer young.
 */
record Markers(Timeline timeline, Slices slices, ConversationIndex index) {

  /** The rows to add to the batch of an attempt; none where the message is young enough to be found by its id. */
  List<BatchableStatement<?>> rows(Ticket ticket, Message message) {
    UUID fresh = ticket.position();
    if (Uuid7.millis(fresh) - Uuid7.millis(message.id()) <= Age.UNMARKED.toMillis()) {
      return List.of();
    }
    UUID conversation = message.conversationId();
    return List.of(timeline.insertMarker(conversation, fresh, message.id()),
        index.insert(message, slices.of(conversation, fresh)));
  }
}
