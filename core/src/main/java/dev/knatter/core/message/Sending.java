package dev.knatter.core.message;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.knatter.core.DomainError.NotFound;
import dev.knatter.core.conversation.Conversation;
import dev.knatter.core.conversation.Conversations;

/** Sends: finds the conversation that is meant, and appends to it. */
public final class Sending {
  private final Function<String, Optional<UUID>> userIds;
  private final Conversations conversations;
  private final MessageLog messages;
  private final IdempotencyKeys keys;

  private final Consumer<Conversation> stored;

  /**
   * @param userIds finds a user by name
   * @param stored  told of every conversation that a message was stored in, before its sender is answered
   */
  public Sending(Function<String, Optional<UUID>> userIds, Conversations conversations, MessageLog messages,
      IdempotencyKeys keys, Consumer<Conversation> stored) {
    this.userIds = userIds;
    this.conversations = conversations;
    this.messages = messages;
    this.keys = keys;
    this.stored = stored;
  }

  /**
   * @param outgoing checked
   * @throws NotFound where the user does not exist, or the sender is not in the conversation
   */
  public Sent send(UUID sender, Outgoing outgoing, SendKey key) {
    Draft draft = new Draft(conversation(sender, outgoing), sender, outgoing.content(),
        outgoing.contentType(),
        outgoing.replyTo(), outgoing.keyId());
    // No switch: over types it makes a dozen classes when it is first reached, which is in every cold start.
    Sent sent = key instanceof SendKey.Opaque opaque
        ? keys.append(draft, opaque.text(), opaque.id())
        : messages.append(draft, key.id());
    stored.accept(draft.conversation());
    return sent;
  }

  private Conversation conversation(UUID sender, Outgoing outgoing) {
    UUID id = outgoing.conversationId();
    if (id != null) {
      return conversations.ofMember(id, sender);
    }
    UUID recipient = Optional.ofNullable(outgoing.to())
      .flatMap(userIds)
      .orElseThrow(() -> new NotFound("There is no such user."));
    return Conversation.direct(sender, recipient);
  }
}
