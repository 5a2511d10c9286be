package dev.knatter.functions.stream;

import java.util.function.Function;

import dev.knatter.chat.live.Tickets;
import dev.knatter.guard.Caller;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/** Issues a ticket and answers 201. */
final class TicketFunction implements Function<Message<NoInput>, Message<TicketAnswer>> {
  private final Tickets tickets;

  TicketFunction(Tickets tickets) {
    this.tickets = tickets;
  }

  @Override
  public Message<TicketAnswer> apply(Message<NoInput> message) {
    Tickets.Issued issued = tickets.issue(Caller.of(message).identity());
    return MessageBuilder.withPayload(new TicketAnswer(issued.ticket(), issued.expiresAt()))
      .setHeader("statusCode", 201)
      .setHeader("Cache-Control", "no-store")
      .build();
  }
}
