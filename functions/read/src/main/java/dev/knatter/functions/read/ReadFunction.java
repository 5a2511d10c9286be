package dev.knatter.functions.read;

import java.util.function.Function;

import dev.knatter.chat.reading.ReadCommand;
import dev.knatter.chat.reading.Reading;
import dev.knatter.guard.Caller;
import dev.knatter.guard.NoContent;
import dev.knatter.shared.Checks;
import org.springframework.messaging.Message;

/** Stores a read mark and answers 204. */
final class ReadFunction implements Function<Message<ReadRequest>, Message<String>> {
  private final Reading reading;

  ReadFunction(Reading reading) {
    this.reading = reading;
  }

  @Override
  public Message<String> apply(Message<ReadRequest> message) {
    ReadRequest request = message.getPayload();
    Checks checks = new Checks();
    ReadCommand command = ReadCommand.check(checks, request.conversationId(), request.upTo());
    checks.done();
    reading.mark(Caller.of(message).identity().userId(), command);
    return NoContent.MESSAGE;
  }
}
