package dev.knatter.chat.page;

import java.util.List;
import java.util.UUID;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.message.Slices;
import dev.knatter.shared.Uuid7;

/** Writes single rows of a message's batch, as if each had landed at another moment. */
final class Rows {
  private final CqlSession session;
  private final Slices slices;
  private final PreparedStatement message;
  private final PreparedStatement marker;
  private final PreparedStatement index;
  private final PreparedStatement inbox;
  private final PreparedStatement history;

  Rows(CqlSession session, Slices slices) {
    this.session = session;
    this.slices = slices;
    this.message = session
      .prepare("INSERT INTO timeline (conversation_id, slice, id, sender, recipient, content,"
          + " content_type) VALUES (?, ?, ?, ?, ?, ?, 'text/plain')");
    this.marker = session
      .prepare("INSERT INTO timeline (conversation_id, slice, id, refers_to) VALUES (?, ?, ?, ?)");
    this.index = session
      .prepare(
          "INSERT INTO conversations (conversation_id, kind, members, slice) VALUES (?, 'direct', ?, ?)");
    this.inbox = session
      .prepare("INSERT INTO inbox (user_id, month, position, conversation_id, id) VALUES (?, ?, ?, ?, ?)");
    this.history = session.prepare(
        "INSERT INTO slice_history (window, conversation_id, starts_at, length, written) VALUES (?, ?, ?, ?, ?)");
  }

  void message(Conversation conversation, UUID sender, UUID id, String content) {
    UUID recipient = conversation.recipientOf(sender);
    session.execute(message.bind(conversation.id(), slice(conversation, id), id, sender, recipient, content));
  }

  void marker(Conversation conversation, UUID fresh, UUID late) {
    session.execute(marker.bind(conversation.id(), slice(conversation, fresh), fresh, late));
  }

  void index(Conversation conversation, UUID id) {
    session.execute(index.bind(conversation.id(), conversation.members(), slice(conversation, id)));
  }

  void inbox(UUID user, UUID position, Conversation conversation, UUID id) {
    session.execute(inbox.bind(user, Inbox.month(Uuid7.millis(position)), position, conversation.id(), id));
  }

  /** Everything at once. */
  void send(Conversation conversation, UUID sender, UUID id, String content) {
    index(conversation, id);
    message(conversation, sender, id, content);
    List.copyOf(conversation.members()).forEach(member -> inbox(member, id, conversation, id));
  }

  void forget(Conversation conversation, UUID id) {
    session.execute("DELETE FROM timeline WHERE conversation_id = " + conversation.id() + " AND slice = "
        + slice(conversation, id) + " AND id = " + id);
  }

  /** Shortens a conversation's slices in the ten-day window of a moment. */
  void shorten(Conversation conversation, long startsAt, int seconds) {
    UUID written = Uuids.startOf(startsAt - 600_000);
    session.execute(history.bind(Math.floorDiv(startsAt, 864_000_000L), conversation.id(), startsAt, seconds,
        written));
  }

  private long slice(Conversation conversation, UUID id) {
    return slices.at(conversation.id(), Uuid7.millis(id));
  }
}
