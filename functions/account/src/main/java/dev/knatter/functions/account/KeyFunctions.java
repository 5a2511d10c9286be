package dev.knatter.functions.account;

import dev.knatter.chat.account.PublicKeys;
import dev.knatter.guard.Caller;
import dev.knatter.guard.NoContent;
import org.springframework.messaging.Message;

/** Stores and deletes public keys of the caller. */
final class KeyFunctions {
  private final PublicKeys keys;

  KeyFunctions(PublicKeys keys) {
    this.keys = keys;
  }

  Message<String> put(Message<KeyRequest> message) {
    keys.put(Caller.of(message).identity().userId(), message.getPayload().checked());
    return NoContent.MESSAGE;
  }

  Message<String> delete(Message<KeyQuery> message) {
    keys.delete(Caller.of(message).identity().userId(), message.getPayload().checked());
    return NoContent.MESSAGE;
  }
}
