package dev.knatter.chat.publication;

import java.util.Map;
import java.util.UUID;

/**
 * What an event is about. It is all that is stored for the event.
 *
 * @param subject a conversation or a user, as {@link EventType} says
 * @param id      of what has happened, unique among the events of its type
 */
public record EventReference(EventType type, UUID subject, UUID id) {
  /** The attribute {@code id} of the CloudEvent: the same, however often it is published. */
  public String eventId() {
    return type.verb() + "-" + id;
  }

  /** The data of an event of which the reference says all. */
  Map<String, Object> data() {
    return switch (type) {
      case USER_REGISTERED -> Map.of("userId", subject);
      case USER_ERASED -> Map.of("userId", subject, "erasureId", id);
      case SESSION_ENDED -> Map.of("userId", subject, "sessionId", id);
      case MESSAGE_SENT, WEBHOOK_DISABLED ->
        throw new IllegalStateException("The store has the data of " + type);
    };
  }
}
