package dev.knatter.functions.edit;

import java.util.function.Function;

import dev.knatter.chat.account.Usernames;
import dev.knatter.chat.change.EditCommand;
import dev.knatter.chat.change.Editing;
import dev.knatter.chat.message.MessageView;
import dev.knatter.chat.message.MessageViews;
import dev.knatter.guard.Caller;
import dev.knatter.shared.Checks;
import dev.knatter.shared.token.Identity;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Edits a message and answers it. */
final class EditFunction implements Function<Message<EditRequest>, Message<MessageView>> {
  private final Editing editing;
  private final Usernames names;
  private final MessageViews views;

  EditFunction(Editing editing, Usernames names, MessageViews views) {
    this.editing = editing;
    this.names = names;
    this.views = views;
  }

  @Override
  public Message<MessageView> apply(Message<EditRequest> message) {
    EditRequest request = message.getPayload();
    Checks checks = new Checks();
    EditCommand command = EditCommand.check(checks, request.conversationId(), request.id(),
        request.content(), request.contentType(), request.keyId());
    checks.done();
    Caller from = Caller.of(message);
    Identity caller = from.identity();
    names.remember(caller.userId(), caller.username());
    return new GenericMessage<>(
        views.of(editing.edit(caller.userId(), command, from.invalidated()), caller.userId()));
  }
}
