package dev.knatter.client.send;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;

/** Messages of one user in one conversation, which go one after the other. Guarded by the sender's lock. */
final class Lane {
  /**
   * Which lane.
   *
   * @param conversation its id or the name of the other user
   */
  record Key(UUID user, String conversation) {
    static Key of(OutboxEntry entry) {
      return new Key(entry.userId(), entry.draft().lane());
    }
  }

  private final Key key;
  private final Deque<Pending> queue = new ArrayDeque<>();
  /** Whether it waits for a login. */
  private boolean stopped;

  Lane(Key key) {
    this.key = key;
  }

  Key key() {
    return key;
  }

  Deque<Pending> queue() {
    return queue;
  }

  boolean stopped() {
    return stopped;
  }

  void stop(boolean now) {
    stopped = now;
  }
}
