package dev.knatter.chat.page;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.knatter.chat.message.Message;

/** Rows ordered by key, a UUIDv7. A row that appears more than DELTA after its key's time is entered at a fresh key. */
interface Feed {
  /** Reads the first rows above a key, in ascending order. If they are fewer than limit, there are no more. */
  List<FeedRow> above(UUID from, int limit);

  /** Reads the last rows up to a key, in descending order. If they are fewer than limit, there are no more. */
  List<FeedRow> upTo(UUID to, int limit);

  /** Reads the first rows between two close keys, the upper included, in ascending order and without content. */
  List<FeedRow> between(UUID from, UUID to, int limit);

  /** The keys between two keys, without those of markers and missing messages; empty if they are too many. */
  Optional<List<UUID>> presentKeys(UUID from, UUID to);

  /** The messages of rows, by id. Messages that are missing, or that the reader may not see, are left out. */
  Map<UUID, Message> messages(List<FeedRow> rows);
}
