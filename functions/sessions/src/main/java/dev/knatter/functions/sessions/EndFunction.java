package dev.knatter.functions.sessions;

import java.util.UUID;
import java.util.function.Function;

import dev.knatter.chat.account.Sessions;
import dev.knatter.guard.Caller;
import dev.knatter.guard.NoContent;
import dev.knatter.shared.token.Identity;
import org.springframework.messaging.Message;

/** Ends a session of the caller. Succeeds also if the caller has no such session (any more). */
final class EndFunction implements Function<Message<SessionPath>, Message<String>> {
  private final Sessions sessions;

  EndFunction(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public Message<String> apply(Message<SessionPath> message) {
    Identity caller = Caller.of(message).identity();
    UUID session = message.getPayload().session();
    if (session.equals(caller.sessionId())) {
      sessions.endOwn(caller);
    } else {
      sessions.end(caller.userId(), session);
    }
    return NoContent.MESSAGE;
  }
}
