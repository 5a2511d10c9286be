package dev.knatter.chat.page;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.knatter.chat.message.Message;
import dev.knatter.shared.Uuid7;
import org.jspecify.annotations.Nullable;

/** Builds a page towards the present: first the messages that have appeared behind the walk, then the new ones. */
final class ForwardPage {
  /** How many times more rows are read for a page if the first ones contain too few messages. */
  private static final int ROUNDS = 10;
  /** How many rows are read at once, while the first ones have nothing for the reader. */
  static final int MOST_AT_ONCE = 256;

  private final Feed feed;
  private final int limit;
  private final Map<UUID, Message> messages = new LinkedHashMap<>();
  private final List<UUID> handedOut = new ArrayList<>();
  /** The lowest key that has appeared behind the walk and whose message does not fit into this page. */
  private @Nullable UUID firstSkipped;
  private boolean end;

  ForwardPage(Feed feed, int limit) {
    this.feed = feed;
    this.limit = limit;
  }

  /**
   * Adds the messages that have appeared in a range since it was read.
   *
   * @return false, having added nothing, if the range has too many rows; then it must be read again from its beginning
   */
  boolean recheck(UnsettledRange unsettled) {
    List<FeedRow> rows = feed.between(unsettled.from(), unsettled.to(), UnsettledRange.MAX_RECHECKED + 1);
    if (rows.size() > UnsettledRange.MAX_RECHECKED) {
      return false;
    }
    Set<UUID> unknown = unsettled.handedOut().missing(keys(rows));
    Map<UUID, Message> found = unknown.isEmpty()
        ? Map.of()
        : feed.messages(rows.stream().filter(row -> unknown.contains(row.key())).toList());
    // A row whose message is missing waits for the next check. It is left out, because it would make other rows of
    // its group look new.
    List<FeedRow> present = rows.stream()
      .filter(row -> !unknown.contains(row.key()) || found.containsKey(row.id()))
      .toList();
    Set<UUID> appeared = present.size() == rows.size()
        ? unknown
        : unsettled.handedOut().missing(keys(present));
    for (FeedRow row : present) {
      Message message = found.get(row.id());
      if (!appeared.contains(row.key()) || (message != null && add(message))) {
        handedOut.add(row.key());
      } else if (firstSkipped == null) {
        firstSkipped = row.key();
      }
    }
    return true;
  }

  private static Set<UUID> keys(List<FeedRow> rows) {
    Set<UUID> keys = new HashSet<>();
    rows.forEach(row -> keys.add(row.key()));
    return keys;
  }

  /** Adds a message, if the page has room for it or contains it already. */
  private boolean add(Message message) {
    if (messages.size() == limit && !messages.containsKey(message.id())) {
      return false;
    }
    // The page may have read the message before, and this row may stand for a change that was made since.
    messages.merge(message.id(), message, Message::latest);
    return true;
  }

  /**
   * Adds the messages above a key.
   *
   * @return the key up to which everything has been read
   */
  UUID readAbove(UUID from, UUID settled) {
    UUID at = from;
    int asked = limit;
    for (int round = 0; round < ROUNDS && !end && messages.size() < limit; round++) {
      List<FeedRow> rows = feed.above(at, asked);
      Map<UUID, Message> found = feed.messages(rows);
      end = rows.size() < asked;
      asked = found.isEmpty() ? Math.min(2 * asked, MOST_AT_ONCE) : limit;
      for (FeedRow row : rows) {
        Message message = found.get(row.id());
        if (message != null && !add(message)) {
          end = false;
          break;
        }
        at = row.key();
        if (message != null) {
          handedOut.add(at);
        } // else the message was deleted or is not stored yet; a later check finds it
      }
    }
    // At the end the position moves to the present. Otherwise the reader of a quiet feed would read empty months again.
    return end ? Uuid7.max(at, settled) : at;
  }

  /** Whether there was nothing more to read. */
  boolean isAtEnd() {
    return end;
  }

  List<Message> messages() {
    return List.copyOf(messages.values());
  }

  /** The keys whose messages the walk has returned, among those that this page has read. */
  List<UUID> handedOut() {
    return handedOut;
  }

  /** The key up to which no message is missing. */
  UUID completeUpTo(UUID settled) {
    return firstSkipped == null ? settled : Uuid7.min(settled, Uuid7.before(firstSkipped));
  }
}
