package dev.knatter.functions.logout;

import java.util.Map;
import java.util.function.Function;

import dev.knatter.core.account.Sessions;
import dev.knatter.core.token.Identity;
import dev.knatter.guard.Guard;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Ends the session whose token was shown, or with it all others of its user. */
final class LogoutFunction implements Function<Message<LogoutRequest>, Message<String>> {
  private static final int NO_CONTENT = 204;

  private final Sessions sessions;

  LogoutFunction(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public Message<String> apply(Message<LogoutRequest> message) {
    Identity caller = Guard.identity(message);
    if (message.getPayload().ofAll()) {
      sessions.endAll(caller.userId(), caller.sessionId());
    } else {
      sessions.endOwn(caller.userId(), caller.sessionId());
    }
    return new GenericMessage<>("", Map.of("statusCode", NO_CONTENT));
  }
}
