package dev.knatter.chat.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import dev.knatter.chat.inbox.Outbox;
import dev.knatter.chat.inbox.WriteAttempt;
import dev.knatter.shared.store.Cassandra;

/** Enters a stored message in its members' inboxes again, where readers may have passed its first entry. */
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

  /** Empty where the message has not landed, or is gone. */
  public Optional<Message> find(UUID conversation, UUID id) {
    return timeline.find(conversation, id);
  }

  /** Writes the entries at a fresh position, under the same rule as the first time. */
  public void enter(Message message, List<UUID> members) {
    try (WriteAttempt attempt = outbox.open()) {
      outbox.commit(attempt, rows(attempt, message, members));
    }
  }

  /** What one attempt writes. */
  List<BatchableStatement<?>> rows(WriteAttempt attempt, Message message, List<UUID> members) {
    UUID conversation = message.conversationId();
    List<BatchableStatement<?>> rows = new ArrayList<>(
        outbox.rows(attempt, conversation, members, message.id()));
    // Without its slice's row, which may be on its way still, readers of the timeline would pass the message by.
    rows.add(index.insert(message, slices.of(conversation, message.id())));
    rows.addAll(markers.rows(attempt, message));
    return rows;
  }
}
