package dev.knatter.chat.page;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.knatter.chat.message.Message;

/**
 * Rows in the order of their keys, which are UUIDv7. A row may land behind its key, for as long as the feed's DELTA;
 * what lands later is entered again at a fresh key.
 */
interface Feed {
  /** The first rows above a key, lowest key first. Fewer than limit: there are no more. */
  List<FeedRow> above(UUID from, int limit);

  /** The last rows up to a key, highest key first. Fewer than limit: there are no more. */
  List<FeedRow> upTo(UUID to, int limit);

  /** The first rows above a key and up to another, not far from it; lowest key first, without what they say. */
  List<FeedRow> between(UUID from, UUID to, int limit);

  /** Of the keys between two, those of rows that are not late and whose messages are there; empty where they are too many. */
  Optional<List<UUID>> present(UUID from, UUID to);

  /** The messages that rows hold or refer to, by id, without those that are not there. */
  Map<UUID, Message> messages(List<FeedRow> rows);
}
