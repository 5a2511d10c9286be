package dev.knatter.chat.page;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.chat.message.Slices;
import dev.knatter.shared.Uuid7;

/**
 * Reads the rows of a timeline in the order of their ids. The conversation's index lists the non-empty slices.
 * In each slice only ids within its time range are read, because a writer that was suspended may have written a
 * message to a wrong slice before it wrote it to the right one.
 */
record SliceWalk(TimelineStatements cql, Slices slices, UUID conversation) {

  /** Returns the statement that reads the rows of a slice above one id and up to another. */
  interface Range {
    BatchableStatement<?> read(UUID conversation, long slice, UUID from, UUID to, int limit);
  }

  /** The first rows above an id, in the order of the range, which must be ascending. */
  List<Row> above(UUID from, int limit, Range ascending) {
    Iterator<Long> nonEmpty = new SliceIndex(cql.cassandra(), slice(from), this::exists,
        (beyond, some) -> cql.indexAbove(conversation, beyond, some));
    return new Partitions<Long>(cql.cassandra(), (slice, some) -> cql.cassandra()
      .submit(
          ascending.read(conversation, slice, Uuid7.max(from, bottom(slice)), top(slice), some)))
      .read(nonEmpty, limit);
  }

  /**
   * The last rows above one id and up to another, in the order of the range, which must be descending. They may be
   * far apart.
   */
  List<Row> upTo(UUID from, UUID to, int limit, Range descending) {
    if (from.compareTo(to) >= 0) {
      return List.of();
    }
    long first = Slices.first(from);
    Iterator<Long> nonEmpty = new SliceIndex(cql.cassandra(), slice(to), this::exists,
        (beyond, some) -> cql.indexBelow(conversation, beyond, first, some));
    return new Partitions<Long>(cql.cassandra(), (slice, some) -> cql.cassandra()
      .submit(descending.read(conversation, slice, Uuid7.max(from, bottom(slice)),
          Uuid7.min(to, top(slice)), some)))
      .read(nonEmpty, limit);
  }

  /**
   * The first rows between two close ids, the upper included, in the order of the range, which must be
   * ascending.
   */
  List<Row> between(UUID from, UUID to, int limit, Range ascending) {
    return between(slicesOf(from, to), from, to, limit, ascending);
  }

  /**
   * The last rows between two close ids, the upper included, in the order of the range, which must be
   * descending.
   */
  List<Row> lastBetween(UUID from, UUID to, int limit, Range descending) {
    return between(slicesOf(from, to).reversed(), from, to, limit, descending);
  }

  private List<Row> between(List<Long> some, UUID from, UUID to, int limit, Range range) {
    return new Partitions<Long>(cql.cassandra(), (slice, rows) -> cql.cassandra()
      .submit(range.read(conversation, slice, Uuid7.max(from, bottom(slice)),
          Uuid7.min(to, top(slice)), rows)))
      .read(some.iterator(), limit);
  }

  /** The range covers some minutes at most, so it has few slices and needs no index. */
  private List<Long> slicesOf(UUID from, UUID to) {
    List<Long> all = new ArrayList<>();
    for (long slice = slice(from); slice <= Uuid7.millis(to)
        && from.compareTo(to) < 0; slice = slices.end(conversation, slice)) {
      all.add(slice);
    }
    return all;
  }

  private boolean exists(long slice) {
    return slices.at(conversation, slice) == slice;
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
