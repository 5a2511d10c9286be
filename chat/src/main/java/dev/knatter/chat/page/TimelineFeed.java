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
 * The timeline of a conversation; keys are the ids of its messages. Which slices hold anything says the conversation's
 * index. Only what lies inside a slice's bounds counts: a writer that was stopped may have written elsewhere before it
 * wrote to the right place.
 */
record TimelineFeed(TimelineStatements cql, Slices slices, Timeline timeline,
    UUID conversation) implements Feed {
  static final Duration DELTA = Timeline.DELTA;
  private static final int COUNTED = 2_000;

  @Override
  public List<FeedRow> above(UUID from, int limit) {
    Iterator<Long> existing = new SliceIndex(cql.cassandra(), slice(from), this::isReal,
        (beyond, some) -> cql.indexAbove(conversation, beyond, some));
    return entries(new Partitions<Long>(cql.cassandra(), (slice, some) -> cql.cassandra()
      .submit(cql.ascending(conversation, slice, CursorPosition.max(from, bottom(slice)), top(slice), some)))
      .read(existing, limit));
  }

  @Override
  public List<FeedRow> upTo(UUID to, int limit) {
    Iterator<Long> existing = new SliceIndex(cql.cassandra(), slice(to), this::isReal,
        (beyond, some) -> cql.indexBelow(conversation, beyond, some));
    return entries(new Partitions<Long>(cql.cassandra(), (slice, some) -> cql.cassandra()
      .submit(cql.descending(conversation, slice, bottom(slice), CursorPosition.min(to, top(slice)), some)))
      .read(existing, limit));
  }

  @Override
  public List<FeedRow> between(UUID from, UUID to, int limit) {
    // A stretch is minutes long at most, so that its slices are few and need no index.
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
  public Optional<List<UUID>> present(UUID from, UUID to) {
    List<FeedRow> rows = between(from, to, COUNTED + 1);
    return rows.size() > COUNTED
        ? Optional.empty()
        : Optional.of(rows.stream().filter(row -> !row.late()).map(FeedRow::key).toList());
  }

  @Override
  public Map<UUID, Message> messages(List<FeedRow> rows) {
    List<UUID> elsewhere = rows.stream().filter(row -> row.message() == null).map(FeedRow::id).toList();
    Map<UUID, Message> found = new HashMap<>(
        elsewhere.isEmpty() ? Map.of() : timeline.findAll(conversation, elsewhere));
    for (FeedRow row : rows) {
      Message message = row.message();
      if (message != null) {
        found.put(message.id(), message);
      }
    }
    return found;
  }

  private boolean isReal(long slice) {
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

  private static UUID id(Row row, int place) {
    return Objects.requireNonNull(row.get(place, TypeCodecs.UUID));
  }

  private long slice(UUID key) {
    return slices.at(conversation, Uuid7.millis(key));
  }

  /** The key just below a slice. */
  private static UUID bottom(long slice) {
    return Uuid7.last(slice - 1);
  }

  /** The last key of a slice. */
  private UUID top(long slice) {
    return Uuid7.last(slices.end(conversation, slice) - 1);
  }
}
