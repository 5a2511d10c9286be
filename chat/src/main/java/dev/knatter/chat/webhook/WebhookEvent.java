package dev.knatter.chat.webhook;

import java.util.UUID;

/**
 * Something that has happened to a message, as a reference: what is sent is read from the store at that moment.
 *
 * @param version the version that an edit has made; {@value #NONE} in events of other types
 */
public record WebhookEvent(WebhookType type, UUID conversationId, UUID messageId, int version) {
  public static final int NONE = 0;

  /** An event of a type of which a message has only one. */
  public WebhookEvent(WebhookType type, UUID conversationId, UUID messageId) {
    this(type, conversationId, messageId, NONE);
  }

  /** The event's id, the same each time, and the same as that of the published event. */
  public String id() {
    return type.idPrefix() + messageId + (version == NONE ? "" : "-" + version);
  }
}
