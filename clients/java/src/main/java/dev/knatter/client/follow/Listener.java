package dev.knatter.client.follow;

import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;

import dev.knatter.client.http.SessionEndedException;
import dev.knatter.client.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * Learns everything new. Its methods are called one after the other, by one thread: while one runs, nothing else is told.
 * Where one throws, the following ends with that.
 */
public interface Listener {
  /** One that takes messages and nothing else. */
  static Listener ofMessages(Consumer<Message> messages) {
    return new Listener() {
      @Override
      public void message(Message message) {
        messages.accept(message);
      }
    };
  }

  /**
   * A message, or a new state of one: edited, deleted, with other reactions. No state comes after a later one. Messages may
   * come out of order, so sort them by id; and the same state may come again, after thousands of others or when the program
   * has started anew, so know it by id and version.
   */
  default void message(Message message) {}

  /** Everything before this cursor was told. Whoever stores it can go on from it, at any time. */
  default void cursor(String cursor) {}

  /** Somebody has read a conversation up to a message: also the caller, on another device. */
  default void read(UUID conversationId, String username, UUID upTo) {}

  /**
   * Something about a conversation has changed: read it again. Where it is not found, the caller is no longer in it.
   *
   * @param change {@code created}, {@code renamed}, {@code deleted}, {@code retention}, {@code member-added},
   *     {@code member-removed} or {@code role-changed}; there may be others
   */
  default void conversation(UUID conversationId, String change) {}

  /** Somebody writes. That holds for six seconds. */
  default void typing(UUID conversationId, String username) {}

  /** @param lastSeen null where that is not told */
  default void presence(String username, boolean online, @Nullable Instant lastSeen) {}

  /**
   * News comes from now on, and the messages that came before. What is no message may have been missed until now: read again the
   * conversations that you show.
   */
  default void connected(Way way) {}

  /** What is no message may have been missed: read again the conversations that you show. */
  default void hintsMissed() {}

  /**
   * No news comes until the next {@link #connected}. Nothing is lost by that.
   *
   * @param reason for people and logs
   */
  default void disconnected(String reason) {}

  /**
   * Nothing will come any more.
   *
   * @param reason {@link SessionEndedException}, or what a method of this listener has thrown
   */
  default void ended(RuntimeException reason) {}
}
