package dev.knatter.functions.account;

import java.util.function.Function;

import dev.knatter.chat.account.PasswordChange;
import dev.knatter.guard.Caller;
import dev.knatter.guard.NoContent;
import dev.knatter.shared.token.Identity;
import org.springframework.messaging.Message;

/** Changes the caller's password. */
final class PasswordFunction implements Function<Message<PasswordRequest>, Message<String>> {
  private final PasswordChange change;

  PasswordFunction(PasswordChange change) {
    this.change = change;
  }

  @Override
  public Message<String> apply(Message<PasswordRequest> message) {
    Identity caller = Caller.of(message).identity();
    PasswordRequest.Checked request = message.getPayload().checked(caller.username());
    change.change(caller, Caller.network(message), request.current(), request.wanted());
    return NoContent.MESSAGE;
  }
}
