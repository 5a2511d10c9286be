package dev.knatter.functions.sessions;

import java.util.function.Function;

import dev.knatter.chat.account.Sessions;
import dev.knatter.guard.Caller;
import dev.knatter.shared.token.Identity;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Lists the caller's sessions. */
final class ListFunction implements Function<Message<SessionsQuery>, Message<SessionList>> {
  private final Sessions sessions;

  ListFunction(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public Message<SessionList> apply(Message<SessionsQuery> message) {
    Identity caller = Caller.of(message).identity();
    return new GenericMessage<>(SessionList.of(sessions.newest(caller.userId()), caller.sessionId()));
  }
}
