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
 * Iterates over slices: the first one, whether or not it is empty, and then the non-empty ones beyond it. It reads
 * the index while the caller reads the first slice, and then some entries at a time.
 */
final class SliceIndex implements Iterator<Long> {
  /** As many as are read at once: a page of a quiet conversation waits for the index only once. */
  private static final int FIRST = 16;
  private static final int FURTHER = 64;

  /** Returns the statement that reads non-empty slices beyond a slice. */
  interface Beyond {
    BatchableStatement<?> read(long slice, int limit);
  }

  private final Cassandra cassandra;
  private final Beyond beyond;
  private final LongPredicate exists;
  private final Deque<Long> known = new ArrayDeque<>();
  private CompletionStage<AsyncResultSet> reading;
  private int asked = FIRST;
  private boolean end;

  /** @param exists whether a slice exists; a writer that was suspended may have indexed a wrong one */
  SliceIndex(Cassandra cassandra, long first, LongPredicate exists, Beyond beyond) {
    this.cassandra = cassandra;
    this.beyond = beyond;
    this.exists = exists;
    this.reading = cassandra.submit(beyond.read(first, asked));
    known.add(first);
  }

  @Override
  public boolean hasNext() {
    while (known.isEmpty() && !end) {
      List<Long> slices = cassandra.all(reading).stream().map(row -> row.getLong("slice")).toList();
      slices.stream().filter(exists::test).forEach(known::add);
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
