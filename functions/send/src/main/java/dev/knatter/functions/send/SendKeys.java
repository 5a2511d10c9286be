package dev.knatter.functions.send;

import java.util.UUID;
import java.util.function.Supplier;

import dev.knatter.chat.message.SendKey;
import dev.knatter.guard.IdempotencyKey;
import dev.knatter.shared.Checks;
import dev.knatter.shared.Uuid7;
import org.jspecify.annotations.Nullable;

/** The key of a send: its clientId, its Idempotency-Key (a UUIDv7 is a clientId), or an id that the server mints. */
final class SendKeys {
  private SendKeys() {}

  static SendKey check(Checks checks, @Nullable String clientId, @Nullable IdempotencyKey key,
      Supplier<UUID> mint) {
    UUID given = checks.uuid(clientId, "/clientId");
    if (given != null) {
      checks.require(Uuid7.isOne(given), "/clientId", "must be a UUID of version 7");
    }
    if (key == null) {
      return new SendKey.ClientId(given == null ? mint.get() : given);
    }
    UUID inHeader = key.clientId();
    checks.require(given == null || given.equals(inHeader), "/clientId", "differs from the Idempotency-Key");
    return inHeader != null ? new SendKey.ClientId(inHeader) : new SendKey.Opaque(key.text(), mint.get());
  }
}
