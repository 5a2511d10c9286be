package dev.knatter.functions.stream;

import java.util.function.Function;

import dev.knatter.chat.live.Presence;
import dev.knatter.guard.Caller;
import dev.knatter.guard.NoContent;
import dev.knatter.shared.DomainError.InvalidRequest;
import org.springframework.messaging.Message;

/** Stores whether a client is visible, tells others, and answers 204. */
final class PresenceFunction implements Function<Message<PresenceRequest>, Message<String>> {
  private final Presence presence;

  PresenceFunction(Presence presence) {
    this.presence = presence;
  }

  @Override
  public Message<String> apply(Message<PresenceRequest> message) {
    Boolean visible = message.getPayload().visible();
    if (visible == null) {
      throw new InvalidRequest("/visible", "is required");
    }
    var _ = presence.say(Caller.of(message).identity(), visible);
    return NoContent.MESSAGE;
  }
}
