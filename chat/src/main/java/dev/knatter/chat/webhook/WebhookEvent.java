package dev.knatter.chat.webhook;

import java.util.UUID;

/** Something that has happened to a message, as a reference: what is sent is read from the store at that moment. */
public record WebhookEvent(WebhookType type, UUID conversationId, UUID messageId) {
  /** The event's id, the same each time. */
  public String id() {
    return type.idPrefix() + messageId;
  }
}
