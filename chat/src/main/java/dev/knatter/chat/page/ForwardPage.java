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

/** A page of a walk towards the present while it is filled: with what has landed behind the walk, then with what is new. */
final class ForwardPage {
  /** How often more rows are read for one page when those that were read hold too few messages. */
  private static final int ROUNDS = 10;

  private final Feed feed;
  private final int limit;
  private final Map<UUID, Message> messages = new LinkedHashMap<>();
  private final List<UUID> handedOut = new ArrayList<>();
  /** The lowest key that has landed behind the walk and for which there is no room. */
  private @Nullable UUID left;

  ForwardPage(Feed feed, int limit) {
    this.feed = feed;
    this.limit = limit;
  }

  /**
   * Takes what has landed in a stretch since it was handed out.
   *
   * @return false, having taken nothing, where the stretch holds too many rows: it has to be read again from its beginning
   */
  boolean lookAgain(UnsettledRange young) {
    List<FeedRow> rows = feed.between(young.from(), young.to(), UnsettledRange.LOOKED_AT + 1);
    if (rows.size() > UnsettledRange.LOOKED_AT) {
      return false;
    }
    Set<UUID> unknown = young.handedOut().missing(keys(rows));
    Map<UUID, Message> found = unknown.isEmpty()
        ? Map.of()
        : feed.messages(rows.stream().filter(row -> unknown.contains(row.key())).toList());
    // A row whose message is not there yet is left for the next look, and must not make others of its group look new.
    List<FeedRow> there = rows.stream()
      .filter(row -> !unknown.contains(row.key()) || found.containsKey(row.id()))
      .toList();
    Set<UUID> landed = there.size() == rows.size() ? unknown : young.handedOut().missing(keys(there));
    for (FeedRow row : there) {
      Message message = found.get(row.id());
      if (!landed.contains(row.key()) || (message != null && take(message))) {
        handedOut.add(row.key());
      } else if (left == null) {
        left = row.key();
      }
    }
    return true;
  }

  private static Set<UUID> keys(List<FeedRow> rows) {
    Set<UUID> keys = new HashSet<>();
    rows.forEach(row -> keys.add(row.key()));
    return keys;
  }

  /** Takes a message where the page has room for it; one that it holds already needs none. */
  private boolean take(Message message) {
    if (messages.size() == limit && !messages.containsKey(message.id())) {
      return false;
    }
    messages.putIfAbsent(message.id(), message);
    return true;
  }

  /**
   * Takes what lies above a key.
   *
   * @return the key up to which everything has been read
   */
  UUID readOn(UUID from, UUID settled) {
    UUID at = from;
    boolean end = false;
    for (int round = 0; round < ROUNDS && !end && messages.size() < limit; round++) {
      List<FeedRow> rows = feed.above(at, limit);
      Map<UUID, Message> found = feed.messages(rows);
      end = rows.size() < limit;
      for (FeedRow row : rows) {
        Message message = found.get(row.id());
        if (message != null && !take(message)) {
          end = false;
          break;
        }
        at = row.key();
        if (message != null) {
          handedOut.add(at);
        } // else it is gone, or not there yet: the next look comes upon it
      }
    }
    return end ? CursorPosition.max(at, settled) : at; // a reader of a quiet feed need not look at months of nothing again
  }

  List<Message> messages() {
    return List.copyOf(messages.values());
  }

  /** The keys whose messages the walk has handed out, of those that this page has looked at. */
  List<UUID> handedOut() {
    return handedOut;
  }

  /** The key up to which nothing is missing. */
  UUID complete(UUID settled) {
    return left == null ? settled : CursorPosition.min(settled, Uuid7.before(left));
  }
}
