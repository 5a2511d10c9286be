package dev.knatter.client.send;

import java.time.Duration;

import dev.knatter.client.http.Problem;
import dev.knatter.client.message.Message;

/**
 * Learns what becomes of messages, also of those that an earlier run of the program has left in the outbox. Called before the
 * entry is removed: a program that stops in between is told again.
 */
public interface SendListener {
  /** The message is stored. */
  default void sent(OutboxEntry entry, Message message) {}

  /**
   * The server will not take it. With {@code expired} it may have been sent, and be gone: ask the author before you send it
   * again.
   */
  default void refused(OutboxEntry entry, Problem problem) {}

  /**
   * An attempt has come to no end, and there will be another one.
   *
   * @param reason for people and logs
   */
  default void delayed(OutboxEntry entry, String reason, Duration wait) {}
}
