package dev.knatter.functions.register;

import java.util.Map;
import java.util.function.Function;

import dev.knatter.chat.account.Account;
import dev.knatter.chat.account.Registration;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Creates an account and answers 201. */
final class RegisterFunction implements Function<Message<RegisterRequest>, Message<RegisteredAccount>> {
  private static final Map<String, Object> CREATED = Map.of("statusCode", 201);

  private final Registration registration;

  RegisterFunction(Registration registration) {
    this.registration = registration;
  }

  @Override
  public Message<RegisteredAccount> apply(Message<RegisterRequest> message) {
    Account account = registration.register(message.getPayload().checked());
    return new GenericMessage<>(
        new RegisteredAccount(account.userId(), account.username().value(), account.createdAt()), CREATED);
  }
}
