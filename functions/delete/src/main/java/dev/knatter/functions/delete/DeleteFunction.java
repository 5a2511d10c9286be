package dev.knatter.functions.delete;

import java.util.function.Function;

import dev.knatter.chat.change.Deleting;
import dev.knatter.chat.change.MessageName;
import dev.knatter.guard.Caller;
import dev.knatter.guard.NoContent;
import dev.knatter.shared.Checks;
import org.springframework.messaging.Message;

/** Deletes a message and answers 204. */
final class DeleteFunction implements Function<Message<DeleteRequest>, Message<String>> {
  private final Deleting deleting;

  DeleteFunction(Deleting deleting) {
    this.deleting = deleting;
  }

  @Override
  public Message<String> apply(Message<DeleteRequest> message) {
    DeleteRequest request = message.getPayload();
    Checks checks = new Checks();
    MessageName name = MessageName.check(checks, request.conversationId(), request.id());
    checks.done();
    var _ = deleting.delete(Caller.of(message).identity().userId(), name);
    return NoContent.MESSAGE;
  }
}
