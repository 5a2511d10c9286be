package dev.knatter.functions.logout;

import java.util.function.Function;

import dev.knatter.chat.account.Sessions;
import dev.knatter.guard.Caller;
import dev.knatter.guard.NoContent;
import dev.knatter.shared.token.Identity;
import org.springframework.messaging.Message;

/** Ends the caller's session, or all sessions of the caller. */
final class LogoutFunction implements Function<Message<LogoutRequest>, Message<String>> {
  private final Sessions sessions;

  LogoutFunction(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public Message<String> apply(Message<LogoutRequest> message) {
    Identity caller = Caller.of(message).identity();
    if (message.getPayload().endsAll()) {
      sessions.endAll(caller);
    } else {
      sessions.endOwn(caller);
    }
    return NoContent.MESSAGE;
  }
}
