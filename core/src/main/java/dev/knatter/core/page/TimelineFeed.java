package dev.knatter.core.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import dev.knatter.core.Uuid7;
import dev.knatter.core.message.Message;
import dev.knatter.core.message.Slices;
import dev.knatter.core.message.Timeline;

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
  public List<Entry> above(UUID from, int limit) {
    Iterator<Long> existing = new SliceIndex(cql.cassandra(), slice(from), this::isReal,
        (beyond, some) -> cql.indexAbove(conversation, beyond, some));
    return entries(new Partitions<Long>(cql.cassandra(), (slice, some) -> cql.cassandra()
      .submit(cql.ascending(conversation, slice, Place.max(from, bottom(slice)), top(slice), some)))
      .read(existing, limit));
  }

  @Override
  public List<Entry> upTo(UUID to, int limit) {
    Iterator<Long> existing = new SliceIndex(cql.cassandra(), slice(to), this::isReal,
        (beyond, some) -> cql.indexBelow(conversation, beyond, some));
    return entries(new Partitions<Long>(cql.cassandra(), (slice, some) -> cql.cassandra()
      .submit(cql.descending(conversation, slice, bottom(slice), Place.min(to, top(slice)), some)))
      .read(existing, limit));
  }

  @Override
  public Tally tally(UUID from, UUID to, int limit) {
    Tally tally = Tally.NONE;
    // A stretch is minutes long at most, so that its slices are few and need no index.
    for (long slice = slice(from); slice <= Uuid7.millis(to); slice = slices.end(conversation, slice)) {
      BatchableStatement<?> keys = cql.keys(conversation, slice, Place.max(from, bottom(slice)),
          Place.min(to, top(slice)), limit);
      for (Row row : cql.cassandra().all(keys)) {
        tally = tally.plus(Objects.requireNonNull(row.getUuid("id")));
      }
    }
    return tally;
  }

  @Override
  public Tally present(UUID from, UUID to) {
    Tally keys = tally(from, to, COUNTED + 1);
    return keys.count() > COUNTED ? Tally.UNKNOWN : keys;
  }

  @Override
  public Map<UUID, Message> messages(List<Entry> rows) {
    List<UUID> late = rows.stream().filter(Entry::late).map(Entry::id).toList();
    Map<UUID, Message> found = new HashMap<>(
        late.isEmpty() ? Map.of() : timeline.findAll(conversation, late));
    for (Entry row : rows) {
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

  private List<Entry> entries(List<Row> rows) {
    List<Entry> entries = new ArrayList<>(rows.size());
    for (Row row : rows) {
      UUID key = Objects.requireNonNull(row.get(Message.ID, TypeCodecs.UUID));
      UUID late = row.get(Message.REFERS_TO, TypeCodecs.UUID);
      entries.add(late == null
          ? new Entry(key, conversation, key, Message.of(row), false)
          : new Entry(key, conversation, late, null, true));
    }
    return entries;
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
