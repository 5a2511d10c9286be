package dev.knatter.core.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.knatter.core.message.Message;

/**
 * One step of a walk towards the present.
 *
 * @param settled the key up to which nothing lands unannounced any more, as of before the first read
 */
record UpWalk(Feed feed, UUID settled) {
  /** How often more rows are read for one page when those that were read hold too few messages. */
  private static final int ROUNDS = 10;

  Page page(Place from, int limit) {
    Place start = secondLooks(from);
    UUID at = start.at();
    Tally young = Tally.NONE;
    Map<UUID, Message> messages = new LinkedHashMap<>();
    boolean end = false;
    for (int round = 0; round < ROUNDS && !end && messages.size() < limit; round++) {
      List<Entry> rows = feed.above(at, limit);
      Map<UUID, Message> found = feed.messages(rows);
      end = rows.size() < limit;
      for (Entry row : rows) {
        if (messages.size() == limit) {
          end = false;
          break;
        }
        at = row.key();
        Message message = found.get(row.id());
        if (message != null) {
          messages.putIfAbsent(message.id(), message);
          young = at.compareTo(settled) > 0 ? young.plus(at) : young;
        } // else it is gone, or not there yet: not counted, so that a second look comes upon it
      }
    }
    if (end) {
      at = Place.max(at, settled); // so that a reader of a quiet feed need not look at months of nothing again
    }
    return new Page(List.copyOf(messages.values()), start.up(at, young, settled), null);
  }

  /** Looks again at what has settled since; where something landed late, the walk goes back to there. */
  private Place secondLooks(Place place) {
    Stretch waiting = place.waiting();
    if (waiting == null || !waiting.isSettled(settled)) {
      return place;
    }
    return SecondLook.finds(feed, waiting)
        ? Place.at(waiting.from())
        : secondLooks(new Place(place.at(), place.growing(), null));
  }
}
