package dev.knatter.chat.publication;

import java.util.Map;
import java.util.UUID;

/**
 * What an event is about. It is all that is stored for the event.
 *
 * @param subject a conversation or a user, as {@link EventType} says
 * @param id      of what has happened, unique among the events of its type and version
 * @param version which state of a thing the event has made, if the same thing can have several events of this type;
 *     {@value #NONE} if not
 */
public record EventReference(EventType type, UUID subject, UUID id, int version) {
  static final int NONE = 0;

  public EventReference(EventType type, UUID subject, UUID id) {
    this(type, subject, id, NONE);
  }

  /** The attribute {@code id} of the CloudEvent: the same, however often it is published. */
  public String eventId() {
    return type.verb() + "-" + id + (version == NONE ? "" : "-" + version);
  }

  /** The data of an event of which the reference says all. */
  Map<String, Object> data() {
    return switch (type) {
      case USER_REGISTERED -> Map.of("userId", subject);
      case USER_ERASED -> Map.of("userId", subject, "erasureId", id);
      case SESSION_ENDED, OUTSIDE_SESSION_ENDED -> Map.of("userId", subject, "sessionId", id);
      case MESSAGE_SENT, MESSAGE_EDITED, MESSAGE_DELETED, MESSAGE_REACTED, MESSAGES_READ, WEBHOOK_DISABLED,
          CONVERSATION_CREATED, CONVERSATION_RENAMED, CONVERSATION_DELETED, RETENTION_CHANGED, MEMBER_ADDED,
          MEMBER_REMOVED, ROLE_CHANGED ->
        throw new IllegalStateException("The store has the data of " + type);
    };
  }
}
