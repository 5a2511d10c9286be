package dev.knatter.chat.message;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.knatter.chat.publication.ChatEvent;
import dev.knatter.chat.publication.EventReference;
import dev.knatter.chat.publication.EventType;
import dev.knatter.shared.store.Cassandra;

/** The events about messages. */
public final class MessageEvents {
  private final Timeline timeline;

  public MessageEvents(Cassandra cassandra, Slices slices) {
    this.timeline = new Timeline(cassandra, slices);
  }

  static EventReference sent(Message message) {
    return new EventReference(EventType.MESSAGE_SENT, message.conversationId(), message.id());
  }

  /** The event of an edit or a deletion, by the state that it has made of the message. */
  public static EventReference changed(Message message) {
    return message.isDeleted()
        ? new EventReference(EventType.MESSAGE_DELETED, message.conversationId(), message.id())
        : new EventReference(EventType.MESSAGE_EDITED, message.conversationId(), message.id(),
            message.version());
  }

  /**
   * The event of an edit, with the present state of its message, which may be a later one; empty if the message does
   * not exist, or if the edit was not made.
   *
   * @param time of the edit
   */
  public Optional<ChatEvent> edited(EventReference reference, Instant time) {
    return timeline.find(reference.subject(), reference.id())
      .filter(message -> message.version() >= reference.version())
      .map(message -> new ChatEvent(reference, time, data(message)));
  }

  /**
   * The event of a deletion; empty if the message was not deleted.
   *
   * @param time of the deletion
   */
  public Optional<ChatEvent> deleted(EventReference reference, Instant time) {
    return timeline.find(reference.subject(), reference.id())
      .filter(Message::isDeleted)
      .map(message -> new ChatEvent(reference, time, data(message)));
  }

  /** The event of a reaction. It says which message was reacted to, and not how. */
  public static EventReference reacted(Message message) {
    return new EventReference(EventType.MESSAGE_REACTED, message.conversationId(), message.id());
  }

  /** The event of a stored message; empty if the message is not stored yet. */
  public Optional<ChatEvent> sent(EventReference reference) {
    return timeline.find(reference.subject(), reference.id())
      .map(message -> new ChatEvent(reference, message.sentAt(), data(message)));
  }

  /** Users are named by their ids, because a name would outlive the erasure of its user in other systems. */
  public static Map<String, Object> data(Message message) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("id", message.id());
    data.put("conversationId", message.conversationId());
    data.put("senderId", message.sender());
    if (message.recipient() != null) {
      data.put("recipientId", message.recipient());
    }
    data.put("contentType", message.contentType());
    data.put("sentAt", message.sentAt());
    data.put("version", message.version());
    if (message.editedAt() != null) {
      data.put("editedAt", message.editedAt());
    }
    if (message.deletedAt() != null) {
      data.put("deletedAt", message.deletedAt());
    }
    if (message.replyTo() != null) {
      data.put("replyTo", message.replyTo());
    }
    data.put(ChatEvent.CONTENT, message.content());
    return data;
  }
}
