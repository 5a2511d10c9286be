package dev.knatter.core.page;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.knatter.core.message.Message;

/**
 * Rows in the order of their keys, which are UUIDv7. A row may land behind its key, for as long as the feed's DELTA;
 * what lands later is entered again at a fresh key.
 */
interface Feed {
  /** The first rows above a key, lowest key first. Fewer than limit: there are no more. */
  List<Entry> above(UUID from, int limit);

  /** The last rows up to a key, highest key first. Fewer than limit: there are no more. */
  List<Entry> upTo(UUID to, int limit);

  /** Of the keys above one and up to another; of that many at most. */
  Tally tally(UUID from, UUID to, int limit);

  /**
   * Of the keys above one and up to another, those whose messages are there; {@link Tally#UNKNOWN} where they are too
   * many to be worth counting.
   */
  Tally present(UUID from, UUID to);

  /** The messages that rows hold or refer to, by id, without those that are not there. */
  Map<UUID, Message> messages(List<Entry> rows);
}
