package dev.knatter.core.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.knatter.core.Uuid7;
import dev.knatter.core.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * One step of a walk towards the past.
 *
 * @param settled the key up to which nothing lands unannounced any more, as of before the first read
 */
record DownWalk(Feed feed, UUID settled) {
  /** How often more rows are read for one page when those that were read hold too few messages. */
  private static final int ROUNDS = 10;

  /** What was read; the rows are those in {@code (bottom, top]}. */
  private record Read(List<Message> messages, UUID top, UUID bottom, boolean more, Tally young) {
    boolean isEmpty() {
      return bottom.equals(top);
    }
  }

  /** The first page: from above all there is. */
  Page first(UUID ceiling, int limit) {
    Read read = read(ceiling, limit);
    Stretch whole = forWalkUp(read);
    if (read.more() && read.bottom().compareTo(settled) > 0) {
      // The walk towards the past may have passed what lands below this page; whoever goes on from here gets it.
      whole = new Stretch(settled, read.top(), feed.present(settled, read.bottom()).plus(read.young()));
    }
    return page(read, Place.at(read.top()), whole);
  }

  /** Looks again at the young part of what was read where that has settled; see {@link Place}. */
  Place secondLook(Place place) {
    Stretch waiting = place.waiting();
    if (waiting == null || !waiting.isSettled(settled)) {
      return place;
    }
    return Place.at(SecondLook.finds(feed, waiting) ? waiting.to() : place.at());
  }

  /** A further page, from where {@link #secondLook} says. */
  Page page(Place from, int limit) {
    Read read = read(from.at(), limit);
    return page(read, from, forWalkUp(read));
  }

  private Page page(Read read, Place from, @Nullable Stretch forWalkUp) {
    Place next = read.more() ? from.down(read.bottom(), read.young(), settled) : null;
    Place previous = read.isEmpty()
        ? Place.at(Place.min(read.top(), settled))
        : new Place(read.top(), forWalkUp, null);
    return new Page(read.messages(), next, previous);
  }

  /** The young part of a page, for the walk that begins at its top; down to the last row there is, where it has that. */
  private @Nullable Stretch forWalkUp(Read read) {
    if (read.isEmpty() || read.top().compareTo(settled) <= 0) {
      return null;
    }
    UUID from = read.more() ? Place.max(read.bottom(), settled) : settled;
    return new Stretch(from, read.top(), read.young());
  }

  private Read read(UUID ceiling, int limit) {
    UUID top = ceiling;
    UUID bottom = ceiling;
    boolean more = true;
    Tally young = Tally.NONE;
    Map<UUID, Message> messages = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS && more && messages.size() < limit; round++) {
      List<Entry> rows = feed.upTo(bottom, limit + 1);
      // A message that landed late comes at its own place here, which this walk has not passed.
      Map<UUID, Message> found = feed
        .messages(rows.stream().limit(limit).filter(row -> !row.late()).toList());
      more = rows.size() > limit;
      for (Entry row : more ? rows.subList(0, limit) : rows) {
        if (messages.size() == limit) {
          more = true;
          break;
        }
        top = bottom.equals(ceiling) ? row.key() : top;
        bottom = Uuid7.before(row.key());
        Message message = row.late() ? null : found.get(row.id());
        if (message != null) {
          messages.putIfAbsent(message.id(), message);
        }
        if ((message != null || row.late()) && row.key().compareTo(settled) > 0) {
          young = young.plus(row.key()); // not those whose message is not there yet: see UpWalk
        }
      }
    }
    return new Read(List.copyOf(messages.values()), top, bottom, more, young);
  }
}
