package dev.knatter.chat.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.message.Timeline;
import dev.knatter.shared.Uuid7;
import org.jspecify.annotations.Nullable;

/**
 * The timeline of a conversation as a feed. Keys are message ids. The conversation's index lists the non-empty
 * slices. In each slice only ids within its time range are read, because a writer that was suspended may have written
 * a message to a wrong slice before it wrote it to the right one.
 */
record TimelineFeed(TimelineStatements cql, Slices slices, Timeline timeline,
    UUID conversation) implements Feed {
  static final Duration DELTA = Timeline.DELTA;
  private static final int MAX_COUNTED = 2_000;

  @Override
  public List<FeedRow> above(UUID from, int limit) {
    Iterator<Long> nonEmpty = new SliceIndex(cql.cassandra(), slice(from), this::exists,
        (beyond, some) -> cql.indexAbove(conversation, beyond, some));
    return entries(new Partitions<Long>(cql.cassandra(), (slice, some) -> cql.cassandra()
      .submit(cql.ascending(conversation, slice, CursorPosition.max(from, bottom(slice)), top(slice), some)))
      .read(nonEmpty, limit));
  }

  @Override
  public List<FeedRow> upTo(UUID to, int limit) {
    Iterator<Long> nonEmpty = new SliceIndex(cql.cassandra(), slice(to), this::exists,
        (beyond, some) -> cql.indexBelow(conversation, beyond, some));
    return entries(new Partitions<Long>(cql.cassandra(), (slice, some) -> cql.cassandra()
      .submit(cql.descending(conversation, slice, bottom(slice), CursorPosition.min(to, top(slice)), some)))
      .read(nonEmpty, limit));
  }

  @Override
  public List<FeedRow> between(UUID from, UUID to, int limit) {
    // The range covers some minutes at most, so it has few slices and needs no index.
    List<Long> all = new ArrayList<>();
    for (long slice = slice(from); slice <= Uuid7.millis(to); slice = slices.end(conversation, slice)) {
      all.add(slice);
    }
    return new Partitions<Long>(cql.cassandra(), (slice, some) -> cql.cassandra()
      .submit(
          cql.between(conversation, slice, CursorPosition.max(from, bottom(slice)),
              CursorPosition.min(to, top(slice)), some)))
      .read(all.iterator(), limit)
      .stream()
      .map(row -> entry(id(row, 0), row.get(1, TypeCodecs.UUID), null))
      .toList();
  }

  @Override
  public Optional<List<UUID>> presentKeys(UUID from, UUID to) {
    List<FeedRow> rows = between(from, to, MAX_COUNTED + 1);
    return rows.size() > MAX_COUNTED
        ? Optional.empty()
        : Optional.of(rows.stream().filter(row -> !row.late()).map(FeedRow::key).toList());
  }

  @Override
  public Map<UUID, Message> messages(List<FeedRow> rows) {
    List<UUID> missing = rows.stream().filter(row -> row.message() == null).map(FeedRow::id).toList();
    Map<UUID, Message> found = new HashMap<>(
        missing.isEmpty() ? Map.of() : timeline.findAll(conversation, missing));
    for (FeedRow row : rows) {
      Message message = row.message();
      if (message != null) {
        found.put(message.id(), message);
      }
    }
    return found;
  }

  private boolean exists(long slice) {
    return slices.at(conversation, slice) == slice;
  }

  private List<FeedRow> entries(List<Row> rows) {
    List<FeedRow> entries = new ArrayList<>(rows.size());
    for (Row row : rows) {
      entries.add(entry(id(row, Message.ID), row.get(Message.REFERS_TO, TypeCodecs.UUID), Message.of(row)));
    }
    return entries;
  }

  private FeedRow entry(UUID key, @Nullable UUID late, @Nullable Message message) {
    return late == null
        ? new FeedRow(key, conversation, key, message, false)
        : new FeedRow(key, conversation, late, null, true);
  }

  private static UUID id(Row row, int index) {
    return Objects.requireNonNull(row.get(index, TypeCodecs.UUID));
  }

  private long slice(UUID key) {
    return slices.at(conversation, Uuid7.millis(key));
  }

  /** The last key before a slice. */
  private static UUID bottom(long slice) {
    return Uuid7.last(slice - 1);
  }

  private UUID top(long slice) {
    return Uuid7.last(slices.end(conversation, slice) - 1);
  }
}
