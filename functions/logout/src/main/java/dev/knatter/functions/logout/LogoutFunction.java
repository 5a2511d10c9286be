package dev.knatter.functions.logout;

import java.util.Map;
import java.util.function.Function;

import dev.knatter.chat.account.Sessions;
import dev.knatter.guard.Caller;
import dev.knatter.guard.NoContent;
import dev.knatter.guard.RefreshCookie;
import dev.knatter.shared.token.Identity;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Ends the caller's session, or all sessions of the caller. */
final class LogoutFunction implements Function<Message<LogoutRequest>, Message<String>> {
  private final Sessions sessions;
  private final Message<String> withoutCookie;

  LogoutFunction(Sessions sessions, RefreshCookie cookie) {
    this.sessions = sessions;
    this.withoutCookie = new GenericMessage<>("", Map.of("statusCode", 204, "Set-Cookie", cookie.empty()));
  }

  @Override
  public Message<String> apply(Message<LogoutRequest> message) {
    Identity caller = Caller.of(message).identity();
    if (message.getPayload().endsAll()) {
      sessions.endAll(caller);
    } else {
      sessions.endOwn(caller);
    }
    return message.getPayload().removesCookie() ? withoutCookie : NoContent.MESSAGE;
  }
}
