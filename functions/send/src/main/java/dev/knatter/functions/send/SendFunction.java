package dev.knatter.functions.send;

import java.util.function.Function;

import dev.knatter.chat.message.SendCommand;
import dev.knatter.chat.message.SendKey;
import dev.knatter.chat.sending.SendOperation;
import dev.knatter.chat.sending.SentMessage;
import dev.knatter.guard.Caller;
import dev.knatter.guard.IdempotencyKey;
import dev.knatter.shared.Checks;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/** Stores a message and answers 201. */
final class SendFunction implements Function<Message<SendRequest>, Message<SentMessage>> {
  private final SendOperation sending;

  SendFunction(SendOperation sending) {
    this.sending = sending;
  }

  @Override
  public Message<SentMessage> apply(Message<SendRequest> message) {
    SendRequest request = message.getPayload();
    Checks checks = new Checks();
    SendKey key = SendKeys.check(checks, request.clientId(), IdempotencyKey.check(checks, message),
        sending::mint);
    SendCommand command = SendCommand.check(checks, request.to(), request.conversationId(),
        request.content(), request.contentType(), request.replyTo(), request.keyId());
    checks.done();
    Caller caller = Caller.of(message);
    SendOperation.Sent sent = sending.send(caller.identity(), command, key, caller.replay(),
        caller.invalidated());
    MessageBuilder<SentMessage> answer = MessageBuilder.withPayload(sent.message())
      .setHeader("statusCode", 201);
    if (sent.replayed()) {
      answer.setHeader("Idempotency-Replayed", "true");
    }
    return answer.build();
  }
}
