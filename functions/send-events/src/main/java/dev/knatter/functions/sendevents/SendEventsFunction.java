package dev.knatter.functions.sendevents;

import java.util.Optional;
import java.util.function.Function;

import dev.knatter.chat.account.Recipients;
import dev.knatter.chat.account.Recipients.Recipient;
import dev.knatter.chat.account.Username;
import dev.knatter.chat.event.SignedEvent;
import dev.knatter.chat.event.SignedEvents;
import dev.knatter.chat.message.SendCommand;
import dev.knatter.chat.message.SendKey;
import dev.knatter.chat.message.SendResult;
import dev.knatter.chat.message.Sending;
import dev.knatter.shared.Checks;
import dev.knatter.shared.DomainError.InvalidRequest;
import dev.knatter.shared.Uuid7;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/** Stores the message of an event. If the same event comes several times, it stores the message once. */
final class SendEventsFunction implements Function<Message<byte[]>, Message<byte[]>> {
  private final SignedEvents events;
  private final Sending sending;
  private final Recipients users;
  private final Uuid7 ids;

  SendEventsFunction(SignedEvents events, Sending sending, Recipients users, Uuid7 ids) {
    this.events = events;
    this.sending = sending;
    this.users = users;
    this.ids = ids;
  }

  @Override
  public Message<byte[]> apply(Message<byte[]> message) {
    events.handle(name -> message.getHeaders().get("ce-" + name), message.getPayload(), this::send);
    return MessageBuilder.withPayload(new byte[0]).setHeader("statusCode", 202).build();
  }

  private void send(SignedEvent event) {
    SendEvent data = SendEvent.read(event.data());
    Checks checks = new Checks();
    Optional<Username> from = Username.check(checks, data.from(), "/from");
    SendCommand command = SendCommand.check(checks, data.to(), data.conversationId(), data.content(),
        data.contentType(), data.replyTo(), data.keyId());
    checks.done();
    event.requireSpeaksFor(from.orElseThrow());
    // The sender is read from the store, because this function is not notified of erased users and of new blocks.
    Recipient sender = users.named(from.orElseThrow().value(), /* present= */ true)
      .orElseThrow(() -> new InvalidRequest("/from", "is no user's name"));
    SendKey key = new SendKey.Event(event.source().name(), event.id(), ids.mint());
    SendResult _ = sending.send(sender.userId(), command, key, /* repeated= */ false,
        /* invalidated= */ true);
  }
}
