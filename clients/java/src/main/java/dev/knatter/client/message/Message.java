package dev.knatter.client.message;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A message in one of its states.
 *
 * @param id a UUID of version 7: messages of a conversation sort by it
 * @param sender {@code ~erased} for somebody who had themselves erased
 * @param recipient the other user of a direct conversation
 * @param content empty where the message is deleted
 * @param version of two states, the one with the higher version is the later one; reactions do not raise it
 */
public record Message(UUID id, UUID conversationId, String sender, @Nullable String recipient, String content,
    String contentType, Instant sentAt, int version, @Nullable Instant editedAt, @Nullable Instant deletedAt,
    @Nullable UUID replyTo, @Nullable String keyId,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Reaction> reactions) {
  public Message {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(conversationId, "conversationId");
    Objects.requireNonNull(sender, "sender");
    Objects.requireNonNull(content, "content");
    Objects.requireNonNull(contentType, "contentType");
    Objects.requireNonNull(sentAt, "sentAt");
    reactions = reactions == null ? List.of() : List.copyOf(reactions);
  }

  /** Whether only the marker is left that says who sent it, and when it was deleted. */
  public boolean deleted() {
    return deletedAt != null;
  }
}
