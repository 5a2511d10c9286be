package dev.knatter.chat.change;

import java.util.Optional;

import dev.knatter.chat.message.Message;
import dev.knatter.shared.DomainError;

/** What a command makes of a message. */
@FunctionalInterface
interface NextState {
  /**
   * The next state of a message; empty if the message is already as the command wants it.
   *
   * @throws DomainError if the caller may not change this message
   */
  Optional<Message> of(Message present);
}
