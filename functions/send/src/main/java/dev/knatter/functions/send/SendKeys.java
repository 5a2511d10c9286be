package dev.knatter.functions.send;

import java.util.UUID;
import java.util.function.Supplier;

import dev.knatter.chat.message.SendKey;
import dev.knatter.chat.sending.SendOperation;
import dev.knatter.guard.IdempotencyKey;
import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/** The key of a send: its clientId, its Idempotency-Key (a UUIDv7 is a clientId), or an id that the server mints. */
final class SendKeys {
  private SendKeys() {}

  static SendKey check(Checks checks, @Nullable String clientId, @Nullable IdempotencyKey key,
      Supplier<UUID> mint) {
    UUID given = SendOperation.clientId(checks, clientId);
    if (key == null) {
      return new SendKey.ClientId(given == null ? mint.get() : given);
    }
    UUID inHeader = key.clientId();
    checks.require(given == null || given.equals(inHeader), "/clientId", "differs from the Idempotency-Key");
    return inHeader != null ? new SendKey.ClientId(inHeader) : new SendKey.Opaque(key.text(), mint.get());
  }
}
