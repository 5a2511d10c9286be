package dev.knatter.functions.eraseevents;

import java.util.function.Function;

import dev.knatter.chat.erasure.TrustedErasures;
import dev.knatter.chat.event.SignedEvent;
import dev.knatter.chat.event.SignedEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/** Orders the erasure of the user whom an event names. */
final class EraseEventsFunction implements Function<Message<byte[]>, Message<byte[]>> {
  private static final Logger log = LoggerFactory.getLogger(EraseEventsFunction.class);

  private final SignedEvents events;
  private final TrustedErasures erasures;

  EraseEventsFunction(SignedEvents events, TrustedErasures erasures) {
    this.events = events;
    this.erasures = erasures;
  }

  @Override
  public Message<byte[]> apply(Message<byte[]> message) {
    events.handle(name -> message.getHeaders().get("ce-" + name), message.getPayload(), this::erase);
    return MessageBuilder.withPayload(new byte[0]).setHeader("statusCode", 202).build();
  }

  private void erase(SignedEvent event) {
    EraseEvent.read(event.data()).find(erasures).ifPresentOrElse(user -> {
      event.requireSpeaksFor(user.username());
      erasures.begin(user);
    },
        // The user was erased before or never existed here, so no data of them is left.
        () -> log.info("There is nobody to erase for an event of the source {}.", event.source().name()));
  }
}
