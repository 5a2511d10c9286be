package dev.knatter.chat.page;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionStage;
import java.util.function.LongPredicate;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import dev.knatter.shared.store.Cassandra;

/**
 * A slice to begin with, whether or not it holds anything, and the non-empty ones beyond it: read while the first is
 * being read, some at a time.
 */
final class SliceIndex implements Iterator<Long> {
  private static final int FIRST = 8;
  private static final int FURTHER = 64;

  /** The statement that reads some slices beyond one. */
  interface Beyond {
    BatchableStatement<?> read(long slice, int limit);
  }

  private final Cassandra cassandra;
  private final Beyond beyond;
  private final LongPredicate real;
  private final Deque<Long> known = new ArrayDeque<>();
  private CompletionStage<AsyncResultSet> reading;
  private int asked = FIRST;
  private boolean end;

  /** @param real says of a slice whether it is one: a writer that was stopped may have named another */
  SliceIndex(Cassandra cassandra, long first, LongPredicate real, Beyond beyond) {
    this.cassandra = cassandra;
    this.beyond = beyond;
    this.real = real;
    this.reading = cassandra.submit(beyond.read(first, asked));
    known.add(first);
  }

  @Override
  public boolean hasNext() {
    while (known.isEmpty() && !end) {
      List<Long> slices = cassandra.all(reading).stream().map(row -> row.getLong("slice")).toList();
      slices.stream().filter(real::test).forEach(known::add);
      end = slices.size() < asked;
      if (!end) {
        asked = FURTHER;
        reading = cassandra.submit(beyond.read(slices.getLast(), asked));
      }
    }
    return !known.isEmpty();
  }

  @Override
  public Long next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return known.remove();
  }
}
