package dev.knatter.chat.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import dev.knatter.chat.conversation.Audience;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.inbox.Change;
import dev.knatter.chat.inbox.ChangeKind;
import dev.knatter.chat.inbox.Outbox;
import dev.knatter.chat.inbox.WriteAttempt;
import dev.knatter.shared.store.Cassandra;
import org.jspecify.annotations.Nullable;

/**
 * Enters a stored message in its members' inboxes again: because readers may have passed its first entries, or because
 * the message was changed.
 */
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

  /** The message after every change that was begun: each of them is made by now, or never will be. */
  public Optional<Message> findDecided(UUID conversation, UUID id) {
    return timeline.findDecided(conversation, id);
  }

  /**
   * Enters a changed message at a fresh position. No marker leads readers of its timeline to it, because a walk through
   * a timeline shows the present state.
   */
  public void enterChanged(Message message, Audience audience, ChangeKind kind) {
    enterChanged(message, audience, kind, timeline.timeToLive(message));
  }

  /** The same, if it is known how long the message lives. */
  public void enterChanged(Message message, Audience audience, ChangeKind kind, TimeToLive timeToLive) {
    enter(audience, attempt -> outbox.rows(attempt, audience, message.id(), timeToLive.ofReferences(),
        change(message, kind)));
  }

  /** Writes the inbox rows at a fresh position, under the same rule as a send. */
  public void enter(Message message, Audience audience) {
    enter(audience, attempt -> rows(attempt, message, audience));
  }

  private void enter(Audience audience, Function<WriteAttempt, List<BatchableStatement<?>>> rows) {
    try (WriteAttempt attempt = outbox.open()) {
      outbox.commit(attempt, rows.apply(attempt));
      if (audience.isOutdated()) {
        attempt.keepRow();
      }
    }
  }

  /**
   * Enters a message for some members only, at a fresh position. Readers of the timeline know the message already.
   *
   * @param members at most {@value Conversation#MAX_MEMBERS}
   * @param kind    how the message was changed; null for the message itself
   */
  public void enterFor(List<UUID> members, Message message, @Nullable ChangeKind kind) {
    enterFor(members, message, kind, timeToLive(message));
  }

  /** The same, if it is known how long the message lives. */
  public void enterFor(List<UUID> members, Message message, @Nullable ChangeKind kind,
      TimeToLive timeToLive) {
    try (WriteAttempt attempt = outbox.open()) {
      outbox.commit(attempt, outbox.rows(attempt, message.conversationId(), members, message.id(),
          timeToLive.ofReferences(), kind == null ? null : change(message, kind)));
    }
  }

  /** How long a stored message lives. */
  public TimeToLive timeToLive(Message message) {
    return timeline.timeToLive(message);
  }

  private static Change change(Message message, ChangeKind kind) {
    return new Change(message.isDeleted() ? ChangeKind.DELETED : kind, message.version());
  }

  /** The rows that one attempt writes. */
  List<BatchableStatement<?>> rows(WriteAttempt attempt, Message message, Audience audience) {
    UUID conversation = message.conversationId();
    TimeToLive timeToLive = timeline.timeToLive(message);
    List<BatchableStatement<?>> rows = new ArrayList<>(
        outbox.rows(attempt, audience, message.id(), timeToLive.ofReferences(), null));
    // The slice's index row may not be stored yet. Without it, readers of the timeline would skip the message.
    rows.add(index.insert(message, slices.of(conversation, message.id())));
    rows.addAll(markers.rows(attempt, message, timeToLive));
    return rows;
  }
}
