package dev.knatter.functions.conversations;

import java.util.UUID;

import dev.knatter.chat.group.Command;
import dev.knatter.chat.group.Versions;
import dev.knatter.guard.Caller;
import dev.knatter.guard.IdempotencyKey;
import dev.knatter.shared.Checks;
import org.springframework.messaging.Message;

/** Reads from the headers of a request what all commands have. */
final class Commands {
  private Commands() {}

  /** The command of a request. Its errors are added, and it may be used only if there are none. */
  static Command of(Checks checks, Message<?> message) {
    return of(checks, message, EntityTag.wanted(checks, message));
  }

  /** The same for a creation, which cannot insist on a version. */
  static Command creation(Checks checks, Message<?> message) {
    return of(checks, message, Versions.ANY);
  }

  private static Command of(Checks checks, Message<?> message, Versions versions) {
    UUID caller = Caller.of(message).identity().userId();
    IdempotencyKey key = IdempotencyKey.check(checks, message);
    return new Command(caller, key == null ? null : key.text(), versions);
  }
}
