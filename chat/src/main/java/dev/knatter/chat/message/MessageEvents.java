package dev.knatter.chat.message;

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

  /** The event of a stored message; empty if the message is not stored yet, or was deleted. */
  public Optional<ChatEvent> sent(EventReference reference) {
    return timeline.find(reference.subject(), reference.id())
      .map(message -> new ChatEvent(reference, message.sentAt(), data(message)));
  }

  /** Users are named by their ids, because a name would outlive the erasure of its user in other systems. */
  static Map<String, Object> data(Message message) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("id", message.id());
    data.put("conversationId", message.conversationId());
    data.put("senderId", message.sender());
    if (message.recipient() != null) {
      data.put("recipientId", message.recipient());
    }
    data.put("contentType", message.contentType());
    data.put("sentAt", message.sentAt());
    if (message.replyTo() != null) {
      data.put("replyTo", message.replyTo());
    }
    data.put(ChatEvent.CONTENT, message.content());
    return data;
  }
}
