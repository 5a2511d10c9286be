package dev.knatter.chat.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import dev.knatter.chat.inbox.Outbox;
import dev.knatter.chat.inbox.WriteAttempt;
import dev.knatter.shared.store.Cassandra;

/** Enters a stored message in its members' inboxes again, because readers may have passed its first entries. */
public final class MessageReentry {
  private final Slices slices;
  private final Timeline timeline;
  private final ConversationIndex index;
  private final LateMessageMarkers markers;
  private final Outbox outbox;

  public MessageReentry(Cassandra cassandra, Slices slices, Outbox outbox) {
    this.slices = slices;
    this.timeline = new Timeline(cassandra, slices);
    this.index = new ConversationIndex(cassandra);
    this.markers = new LateMessageMarkers(timeline, slices, index);
    this.outbox = outbox;
  }

  /** The message; empty if it is not stored yet, or was deleted. */
  public Optional<Message> find(UUID conversation, UUID id) {
    return timeline.find(conversation, id);
  }

  /** Writes the inbox rows at a fresh position, under the same rule as a send. */
  public void enter(Message message, List<UUID> members) {
    try (WriteAttempt attempt = outbox.open()) {
      outbox.commit(attempt, rows(attempt, message, members));
    }
  }

  /** The rows that one attempt writes. */
  List<BatchableStatement<?>> rows(WriteAttempt attempt, Message message, List<UUID> members) {
    UUID conversation = message.conversationId();
    List<BatchableStatement<?>> rows = new ArrayList<>(
        outbox.rows(attempt, conversation, members, message.id()));
    // The slice's index row may not be stored yet. Without it, readers of the timeline would skip the message.
    rows.add(index.insert(message, slices.of(conversation, message.id())));
    rows.addAll(markers.rows(attempt, message));
    return rows;
  }
}
