package dev.knatter.chat.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.knatter.chat.message.Message;
import dev.knatter.shared.Uuid7;

/**
 * Reads one page towards the past, newest message first.
 *
 * @param settled a row that still appears at or below this key is also entered at a fresh key; taken before the first
 *     read
 */
record BackwardWalk(Feed feed, UUID settled) {
  /** How many times more rows are read for a page if the first ones contain too few messages. */
  private static final int ROUNDS = 10;

  /**
   * The result of reading: the rows in {@code (bottom, top]}.
   *
   * @param unsettled the keys above {@code settled} whose messages were returned
   */
  private record Read(List<Message> messages, UUID top, UUID bottom, boolean more, List<UUID> unsettled) {
    boolean isEmpty() {
      return bottom.equals(top);
    }
  }

  /** The newest page. */
  Page first(UUID ceiling, int limit) {
    Read read = read(ceiling, limit);
    return page(read, CursorPosition.at(read.top()), forwardStart(read));
  }

  /** Where a walk towards the present begins. Rows may still appear below this page, unseen by this walk. */
  private CursorPosition forwardStart(Read read) {
    if (read.isEmpty()) {
      return CursorPosition.at(Uuid7.min(read.top(), settled));
    }
    if (!read.more() || read.bottom().compareTo(settled) <= 0) {
      return CursorPosition.forward(read.top(), settled, read.unsettled());
    }
    return feed.presentKeys(settled, read.bottom()).map(below -> {
      List<UUID> known = new ArrayList<>(below);
      known.addAll(read.unsettled());
      return CursorPosition.forward(read.top(), settled, known);
    }).orElseGet(() -> CursorPosition.at(settled)); // too many to count: that walk returns these messages again
  }

  /**
   * Reads the unsettled range of a position again if it has settled. If rows have appeared in it, the walk continues
   * from the range's upper end; see {@link CursorPosition}.
   */
  CursorPosition recheck(CursorPosition position) {
    UnsettledRange unsettled = position.unsettled();
    if (unsettled == null || !unsettled.isSettled(settled)) {
      return position;
    }
    List<FeedRow> rows = feed.between(unsettled.from(), unsettled.to(), UnsettledRange.MAX_RECHECKED + 1);
    List<UUID> keys = rows.stream().filter(row -> !row.late()).map(FeedRow::key).toList();
    boolean changed = rows.size() > UnsettledRange.MAX_RECHECKED
        || !unsettled.handedOut().missing(keys).isEmpty();
    return CursorPosition.at(changed ? unsettled.to() : position.at());
  }

  /** The next page. {@code from} must come from {@link #recheck}. */
  Page page(CursorPosition from, int limit) {
    Read read = read(from.at(), limit);
    return page(read, from, read.isEmpty()
        ? CursorPosition.at(Uuid7.min(read.top(), settled))
        : CursorPosition.forward(read.top(),
            read.more() ? Uuid7.max(read.bottom(), settled) : settled,
            read.unsettled()));
  }

  private Page page(Read read, CursorPosition from, CursorPosition previous) {
    CursorPosition next = read.more() ? from.backward(read.bottom(), read.unsettled(), settled) : null;
    return new Page(read.messages(), next, previous);
  }

  private Read read(UUID ceiling, int limit) {
    UUID top = ceiling;
    UUID bottom = ceiling;
    boolean more = true;
    List<UUID> unsettled = new ArrayList<>();
    Map<UUID, Message> messages = new LinkedHashMap<>();
    int asked = limit;
    for (int round = 0; round < ROUNDS && more && messages.size() < limit; round++) {
      List<FeedRow> rows = feed.upTo(bottom, asked + 1);
      // A late message appears at its own key in this walk, or by its marker in the walk towards the present.
      Map<UUID, Message> found = feed
        .messages(rows.stream().limit(asked).filter(row -> !row.late()).toList());
      more = rows.size() > asked;
      for (FeedRow row : more ? rows.subList(0, asked) : rows) {
        if (messages.size() == limit) {
          more = true;
          break;
        }
        top = bottom.equals(ceiling) ? row.key() : top;
        bottom = Uuid7.before(row.key());
        Message message = row.late() ? null : found.get(row.id());
        if (message != null) {
          messages.merge(message.id(), message, Message::latest); // it may have been changed between two reads
          if (row.key().compareTo(settled) > 0) {
            unsettled.add(row.key()); // not the keys of missing messages: see ForwardPage
          }
        }
      }
      asked = found.isEmpty() ? Math.min(2 * asked, ForwardPage.MOST_AT_ONCE) : limit;
    }
    return new Read(List.copyOf(messages.values()), top, bottom, more, unsettled);
  }
}
