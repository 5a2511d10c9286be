package dev.knatter.functions.send;

import java.util.UUID;
import java.util.function.Function;

import dev.knatter.chat.account.Recipients;
import dev.knatter.chat.account.Recipients.Recipient;
import dev.knatter.chat.limit.ReplayCheck;
import dev.knatter.chat.message.SendCommand;
import dev.knatter.chat.message.SendKey;
import dev.knatter.chat.message.SendResult;
import dev.knatter.chat.message.Sending;
import dev.knatter.guard.Caller;
import dev.knatter.guard.IdempotencyKey;
import dev.knatter.shared.Checks;
import dev.knatter.shared.DomainError;
import dev.knatter.shared.DomainError.ClientIdReused;
import dev.knatter.shared.DomainError.StaleClientId;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.token.Identity;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/** Stores a message and answers 201. */
final class SendFunction implements Function<Message<SendRequest>, Message<SentMessage>> {
  private final Sending sending;
  private final Recipients recipients;
  private final Uuid7 ids;

  SendFunction(Sending sending, Recipients recipients, Uuid7 ids) {
    this.sending = sending;
    this.recipients = recipients;
    this.ids = ids;
  }

  @Override
  public Message<SentMessage> apply(Message<SendRequest> message) {
    SendRequest request = message.getPayload();
    Checks checks = new Checks();
    SendKey key = SendKeys.check(checks, request.clientId(), IdempotencyKey.check(checks, message),
        ids::mint);
    SendCommand command = SendCommand.check(checks, request.to(), request.conversationId(),
        request.content(),
        request.contentType(), request.replyTo(), request.keyId());
    checks.done();
    try {
      return send(message, command, key);
    } catch (ClientIdReused | StaleClientId e) {
      throw e.with("clientId", ids.mint()); // a fresh id of the server's time, for clients whose clock is wrong
    } catch (DomainError e) {
      throw e.with("clientId", key.id()); // so that a client that sent none can retry without sending twice
    }
  }

  private Message<SentMessage> send(Message<SendRequest> message, SendCommand command, SendKey key) {
    Caller caller = Caller.of(message);
    Identity sender = caller.identity();
    if (caller.replay() == ReplayCheck.OTHER_BODY) {
      throw new ClientIdReused();
    }
    SendResult sent = sending.send(sender.userId(), command, key, caller.invalidated());
    MessageBuilder<SentMessage> answer = MessageBuilder.withPayload(answer(sender, sent.message()))
      .setHeader("statusCode", 201);
    if (sent.replayed() || caller.replay() == ReplayCheck.REPEATED) {
      answer.setHeader("Idempotency-Replayed", "true");
    }
    return answer.build();
  }

  private SentMessage answer(Identity sender, dev.knatter.chat.message.Message stored) {
    UUID recipient = stored.recipient();
    return new SentMessage(stored.id(), stored.conversationId(), sender.username(),
        recipient == null
            ? null
            : recipients.of(recipient, /* present= */ false).map(Recipient::username).orElse(null),
        stored.content(),
        stored.contentType(),
        stored.sentAt(), stored.replyTo(), stored.keyId());
  }
}
