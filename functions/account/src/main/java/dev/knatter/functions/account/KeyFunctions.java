package dev.knatter.functions.account;

import dev.knatter.chat.account.PublicKeys;
import dev.knatter.guard.Guard;
import dev.knatter.guard.NoContent;
import org.springframework.messaging.Message;

/** The caller's public keys. */
final class KeyFunctions {
  private final PublicKeys keys;

  KeyFunctions(PublicKeys keys) {
    this.keys = keys;
  }

  Message<String> put(Message<KeyRequest> message) {
    keys.put(Guard.identity(message).userId(), message.getPayload().checked());
    return NoContent.MESSAGE;
  }

  Message<String> delete(Message<KeyQuery> message) {
    keys.delete(Guard.identity(message).userId(), message.getPayload().checked());
    return NoContent.MESSAGE;
  }
}
