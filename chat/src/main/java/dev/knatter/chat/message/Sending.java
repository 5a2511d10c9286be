package dev.knatter.chat.message;

import java.util.UUID;
import java.util.function.Consumer;

import dev.knatter.chat.account.Recipients;
import dev.knatter.chat.account.Recipients.Recipient;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.Conversations;
import dev.knatter.shared.DomainError.Forbidden;
import dev.knatter.shared.DomainError.NotFound;

/** Sends messages: finds the conversation, checks that the recipient has not blocked the sender, and stores them. */
public final class Sending {
  private final Recipients recipients;
  private final Conversations conversations;
  private final MessageLog messages;
  private final IdempotencyKeys keys;
  private final Consumer<Conversation> onStored;

  /** @param onStored called with the conversation after a message was stored and before its sender gets the answer */
  public Sending(Recipients recipients, Conversations conversations, MessageLog messages,
      IdempotencyKeys keys, Consumer<Conversation> onStored) {
    this.recipients = recipients;
    this.conversations = conversations;
    this.messages = messages;
    this.keys = keys;
    this.onStored = onStored;
  }

  /**
   * Sends a message.
   *
   * @param invalidated whether cached data about the sender may be out of date
   * @throws NotFound  if the recipient does not exist, or the sender is not in the conversation
   * @throws Forbidden if the recipient has blocked the sender
   */
  public SendResult send(UUID sender, SendCommand command, SendKey key, boolean invalidated) {
    Draft draft = new Draft(conversation(sender, command, invalidated), sender, command.content(),
        command.contentType(),
        command.replyTo(), command.keyId());
    SendResult sent = append(draft, key);
    onStored.accept(draft.conversation());
    return sent;
  }

  /** Not a switch: a switch over types loads a dozen classes when it first runs, which is in every cold start. */
  private SendResult append(Draft draft, SendKey key) {
    if (key instanceof SendKey.Opaque opaque) {
      return keys.append(draft, opaque.text(), opaque.id());
    }
    if (key instanceof SendKey.Event event) {
      return keys.append(draft, event);
    }
    return messages.append(draft, key.id());
  }

  private Conversation conversation(UUID sender, SendCommand command, boolean invalidated) {
    UUID id = command.conversationId();
    if (id != null) {
      Conversation conversation = conversations.ofMember(id, sender);
      UUID recipient = conversation.recipientOf(sender);
      if (recipient != null) {
        requireNotBlocked(sender, recipients.of(recipient, invalidated).orElseThrow(Sending::unknown));
      }
      return conversation;
    }
    Recipient recipient = recipients.named(command.to() == null ? "" : command.to(), invalidated)
      .orElseThrow(Sending::unknown);
    requireNotBlocked(sender, recipient);
    return Conversation.direct(sender, recipient.userId());
  }

  private static NotFound unknown() {
    return new NotFound("There is no such user.");
  }

  private static void requireNotBlocked(UUID sender, Recipient recipient) {
    if (recipient.blocks(sender)) {
      throw new Forbidden("The recipient has blocked the sender.");
    }
  }
}
