package dev.knatter.chat.message;

import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;

import dev.knatter.chat.account.Recipients;
import dev.knatter.chat.account.Recipients.Recipient;
import dev.knatter.chat.conversation.Audience;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.Membership;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.limit.FanOutLimit;
import dev.knatter.shared.DomainError.Forbidden;
import dev.knatter.shared.DomainError.NotFound;
import dev.knatter.shared.DomainError.RateLimited;
import org.jspecify.annotations.Nullable;

/** Sends messages: finds the conversation, checks that the recipient has not blocked the sender, and stores them. */
public final class Sending {
  private final Recipients recipients;
  private final Memberships memberships;
  private final FanOutLimit limit;
  private final MessageLog messages;
  private final IdempotencyKeys keys;
  private final Consumer<Conversation> onStored;

  /** @param onStored called with the conversation after a message was stored and before its sender gets the answer */
  public Sending(Recipients recipients, Memberships memberships, FanOutLimit limit, MessageLog messages,
      IdempotencyKeys keys, Consumer<Conversation> onStored) {
    this.recipients = recipients;
    this.memberships = memberships;
    this.limit = limit;
    this.messages = messages;
    this.keys = keys;
    this.onStored = onStored;
  }

  /**
   * Sends a message.
   *
   * @param repeated    whether an earlier attempt under this key is known
   * @param invalidated whether cached data about the sender may be out of date
   * @throws NotFound  if the recipient does not exist, or the sender is not in the conversation
   * @throws Forbidden if the recipient has blocked the sender. Blocks do not concern groups
   * @throws RateLimited if the group has caused too many inbox rows
   */
  public SendResult send(UUID sender, SendCommand command, SendKey key, boolean repeated,
      boolean invalidated) {
    Draft draft = draft(sender, command, invalidated);
    SendResult sent = append(draft, key, repeated);
    onStored.accept(draft.conversation());
    return sent;
  }

  /** Not a switch: a switch over types loads a dozen classes when it first runs, which is in every cold start. */
  private SendResult append(Draft draft, SendKey key, boolean repeated) {
    if (key instanceof SendKey.Opaque opaque) {
      return keys.append(draft, opaque.text(), opaque.id());
    }
    if (key instanceof SendKey.Event event) {
      return keys.append(draft, event);
    }
    return messages.append(draft, key.id(), repeated);
  }

  private Draft draft(UUID sender, SendCommand command, boolean invalidated) {
    UUID id = command.conversationId();
    if (id != null) {
      Membership member = memberships.require(id, sender);
      Audience audience = memberships.audience(member);
      UUID recipient = audience.conversation().recipientOf(sender);
      if (recipient != null) {
        requireNotBlocked(sender, recipients.of(recipient, invalidated).orElseThrow(Sending::unknown));
      } else {
        limit.require(id, audience.size());
      }
      return draft(audience, member.retention(), sender, command);
    }
    Recipient recipient = recipients.named(command.to() == null ? "" : command.to(), invalidated)
      .orElseThrow(Sending::unknown);
    requireNotBlocked(sender, recipient);
    return draft(Audience.of(Conversation.direct(sender, recipient.userId())), null, sender, command);
  }

  private static Draft draft(Audience audience, @Nullable Duration retention, UUID sender,
      SendCommand command) {
    return new Draft(audience, sender, command.content(), command.contentType(), command.replyTo(),
        command.keyId(), retention);
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
