package dev.knatter.chat.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.knatter.chat.message.Message;
import dev.knatter.shared.Uuid7;

/**
 * One step of a walk towards the past.
 *
 * @param settled the key up to which nothing lands unannounced any more, as of before the first read
 */
record BackwardWalk(Feed feed, UUID settled) {
  /** How often more rows are read for one page when those that were read hold too few messages. */
  private static final int ROUNDS = 10;

  /**
   * What was read; the rows are those in {@code (bottom, top]}.
   *
   * @param young the keys above {@code settled} of messages that were handed out
   */
  private record Read(List<Message> messages, UUID top, UUID bottom, boolean more, List<UUID> young) {
    boolean isEmpty() {
      return bottom.equals(top);
    }
  }

  /** The first page: from above all there is. */
  Page first(UUID ceiling, int limit) {
    Read read = read(ceiling, limit);
    return page(read, CursorPosition.at(read.top()), forWalkUp(read));
  }

  /** Where a walk towards the present begins. The walk towards the past may have passed what lands below this page. */
  private CursorPosition forWalkUp(Read read) {
    if (read.isEmpty()) {
      return CursorPosition.at(CursorPosition.min(read.top(), settled));
    }
    if (!read.more() || read.bottom().compareTo(settled) <= 0) {
      return CursorPosition.up(read.top(), settled, read.young());
    }
    return feed.present(settled, read.bottom()).map(below -> {
      List<UUID> known = new ArrayList<>(below);
      known.addAll(read.young());
      return CursorPosition.up(read.top(), settled, known);
    }).orElseGet(() -> CursorPosition.at(settled)); // too many to count: that walk hands them out again
  }

  /** Looks again at the young part of what was read where that has settled; see {@link CursorPosition}. */
  CursorPosition secondLook(CursorPosition place) {
    UnsettledRange young = place.young();
    if (young == null || !young.isSettled(settled)) {
      return place;
    }
    List<FeedRow> rows = feed.between(young.from(), young.to(), UnsettledRange.LOOKED_AT + 1);
    List<UUID> keys = rows.stream().filter(row -> !row.late()).map(FeedRow::key).toList();
    boolean changed = rows.size() > UnsettledRange.LOOKED_AT || !young.handedOut().missing(keys).isEmpty();
    return CursorPosition.at(changed ? young.to() : place.at());
  }

  /** A further page, from where {@link #secondLook} says. */
  Page page(CursorPosition from, int limit) {
    Read read = read(from.at(), limit);
    return page(read, from, read.isEmpty()
        ? CursorPosition.at(CursorPosition.min(read.top(), settled))
        : CursorPosition.up(read.top(), read.more() ? CursorPosition.max(read.bottom(), settled) : settled,
            read.young()));
  }

  private Page page(Read read, CursorPosition from, CursorPosition up) {
    CursorPosition next = read.more() ? from.down(read.bottom(), read.young(), settled) : null;
    return new Page(read.messages(), next, up);
  }

  private Read read(UUID ceiling, int limit) {
    UUID top = ceiling;
    UUID bottom = ceiling;
    boolean more = true;
    List<UUID> young = new ArrayList<>();
    Map<UUID, Message> messages = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS && more && messages.size() < limit; round++) {
      List<FeedRow> rows = feed.upTo(bottom, limit + 1);
      // A message that landed late comes at its own place here, or in the walk towards the present.
      Map<UUID, Message> found = feed
        .messages(rows.stream().limit(limit).filter(row -> !row.late()).toList());
      more = rows.size() > limit;
      for (FeedRow row : more ? rows.subList(0, limit) : rows) {
        if (messages.size() == limit) {
          more = true;
          break;
        }
        top = bottom.equals(ceiling) ? row.key() : top;
        bottom = Uuid7.before(row.key());
        Message message = row.late() ? null : found.get(row.id());
        if (message != null) {
          messages.putIfAbsent(message.id(), message);
          if (row.key().compareTo(settled) > 0) {
            young.add(row.key()); // not those whose message is not there yet: see ForwardPage
          }
        }
      }
    }
    return new Read(List.copyOf(messages.values()), top, bottom, more, young);
  }
}
