package dev.knatter.client.follow;

import java.util.UUID;

/** What {@code KnatterClient.follow} has begun. It goes on until it is closed, or until the session ends. */
public interface Following extends AutoCloseable {
  /** Everything before this cursor was told. */
  String cursor();

  /**
   * Says whether somebody looks at the app. Others see them as online while they do; without a word they are not. In the
   * background no reading each minute wakes the server.
   */
  void visible(boolean now);

  /** Tells the others in a conversation that the caller writes: for six seconds, and only over a WebSocket. */
  void typing(UUID conversationId);

  /** Ends it. No method of the listener is called after that, but the one that runs. */
  @Override
  void close();
}
