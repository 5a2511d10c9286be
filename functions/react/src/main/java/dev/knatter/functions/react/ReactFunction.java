package dev.knatter.functions.react;

import java.util.function.Function;

import dev.knatter.chat.change.ReactCommand;
import dev.knatter.chat.change.Reacting;
import dev.knatter.guard.Caller;
import dev.knatter.guard.NoContent;
import dev.knatter.shared.Checks;
import org.springframework.messaging.Message;

/** Stores a reaction and answers 204. */
final class ReactFunction implements Function<Message<ReactRequest>, Message<String>> {
  private final Reacting reacting;

  ReactFunction(Reacting reacting) {
    this.reacting = reacting;
  }

  @Override
  public Message<String> apply(Message<ReactRequest> message) {
    ReactRequest request = message.getPayload();
    Checks checks = new Checks();
    ReactCommand command = ReactCommand.check(checks, request.conversationId(), request.id(),
        request.emoji(), request.remove());
    checks.done();
    Caller caller = Caller.of(message);
    reacting.react(caller.identity().userId(), command, caller.invalidated());
    return NoContent.MESSAGE;
  }
}
