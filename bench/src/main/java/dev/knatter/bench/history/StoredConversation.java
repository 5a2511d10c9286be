package dev.knatter.bench.history;

import java.util.UUID;

import dev.knatter.bench.setup.TestUsers;
import dev.knatter.shared.Uuid7;

/**
 * A conversation whose messages are evenly spaced, so that their ids need not be kept.
 *
 * @param number        tells it from all others
 * @param count         how many messages it has
 * @param newestMillis  the time of the newest one
 * @param spacingMillis between two of them
 */
record StoredConversation(int number, TestUsers.Pair pair, int count, long newestMillis, long spacingMillis) {
  /** The id of a message; 0 is the newest one. */
  UUID id(int index) {
    return Uuid7.of(millis(index), number, -index);
  }

  long millis(int index) {
    return newestMillis - index * spacingMillis;
  }
}
