package dev.knatter.functions.account;

import java.util.function.Function;

import dev.knatter.core.account.PasswordChange;
import dev.knatter.guard.Guard;
import dev.knatter.guard.NoContent;
import org.springframework.messaging.Message;

/** Gives the caller another password. */
final class PasswordFunction implements Function<Message<PasswordRequest>, Message<String>> {
  private final PasswordChange change;

  PasswordFunction(PasswordChange change) {
    this.change = change;
  }

  @Override
  public Message<String> apply(Message<PasswordRequest> message) {
    PasswordRequest.Checked request = message.getPayload().checked();
    change.change(Guard.identity(message), Guard.network(message), request.current(), request.wanted());
    return NoContent.MESSAGE;
  }
}
