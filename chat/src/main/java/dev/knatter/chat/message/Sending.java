package dev.knatter.chat.message;

import java.util.UUID;
import java.util.function.Consumer;

import dev.knatter.chat.account.Recipients;
import dev.knatter.chat.account.Recipients.Addressee;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.Conversations;
import dev.knatter.shared.DomainError.Forbidden;
import dev.knatter.shared.DomainError.NotFound;

/** Sends: finds the conversation that is meant, and appends to it. */
public final class Sending {
  private final Recipients addressees;
  private final Conversations conversations;
  private final MessageLog messages;
  private final IdempotencyKeys keys;

  private final Consumer<Conversation> stored;

  /**
   * @param stored told of every conversation that a message was stored in, before its sender is answered
   */
  public Sending(Recipients addressees, Conversations conversations, MessageLog messages,
      IdempotencyKeys keys, Consumer<Conversation> stored) {
    this.addressees = addressees;
    this.conversations = conversations;
    this.messages = messages;
    this.keys = keys;
    this.stored = stored;
  }

  /**
   * @param outgoing checked
   * @param noticed  whether what is remembered about the sender may be old
   * @throws NotFound  where the user does not exist (any more), or the sender is not in the conversation
   * @throws Forbidden where the recipient has blocked the sender
   */
  public SendResult send(UUID sender, SendCommand outgoing, SendKey key, boolean noticed) {
    Draft draft = new Draft(conversation(sender, outgoing, noticed), sender, outgoing.content(),
        outgoing.contentType(),
        outgoing.replyTo(), outgoing.keyId());
    // No switch: over types it makes a dozen classes when it is first reached, which is in every cold start.
    SendResult sent = key instanceof SendKey.Opaque opaque
        ? keys.append(draft, opaque.text(), opaque.id())
        : messages.append(draft, key.id());
    stored.accept(draft.conversation());
    return sent;
  }

  private Conversation conversation(UUID sender, SendCommand outgoing, boolean noticed) {
    UUID id = outgoing.conversationId();
    if (id != null) {
      Conversation conversation = conversations.ofMember(id, sender);
      UUID recipient = conversation.recipientOf(sender);
      if (recipient != null) {
        requireWelcome(sender, addressees.of(recipient, noticed).orElseThrow(Sending::unknown));
      }
      return conversation;
    }
    Addressee recipient = addressees.named(outgoing.to() == null ? "" : outgoing.to(), noticed)
      .orElseThrow(Sending::unknown);
    requireWelcome(sender, recipient);
    return Conversation.direct(sender, recipient.userId());
  }

  private static NotFound unknown() {
    return new NotFound("There is no such user.");
  }

  private static void requireWelcome(UUID sender, Addressee recipient) {
    if (recipient.blocks(sender)) {
      throw new Forbidden("The recipient has blocked the sender.");
    }
  }
}
