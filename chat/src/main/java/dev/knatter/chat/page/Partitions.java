package dev.knatter.chat.page;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionStage;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.store.Cassandra;

/** Reads rows from consecutive partitions: the first one alone, then several at once if it has too few rows. */
final class Partitions<P> {
  private static final int AT_ONCE = 16;

  interface Start<P> {
    CompletionStage<AsyncResultSet> read(P partition, int limit);
  }

  private final Cassandra cassandra;
  private final Start<P> start;

  Partitions(Cassandra cassandra, Start<P> start) {
    this.cassandra = cassandra;
    this.start = start;
  }

  List<Row> read(Iterator<P> partitions, int limit) {
    List<Row> rows = new ArrayList<>();
    int asked = 0;
    while (rows.size() < limit && partitions.hasNext()) {
      int missing = limit - rows.size();
      List<CompletionStage<AsyncResultSet>> reads = new ArrayList<>();
      for (int more = atOnce(asked, rows.size(), missing); more > 0 && partitions.hasNext(); more--) {
        reads.add(start.read(partitions.next(), missing));
      }
      asked += reads.size();
      reads.forEach(read -> rows.addAll(cassandra.all(read)));
    }
    return rows.size() > limit ? rows.subList(0, limit) : rows;
  }

  /** How many partitions contain the missing rows, if they are like the ones before. */
  private static int atOnce(int asked, int found, int missing) {
    if (asked == 0) {
      return 1;
    }
    return Math.clamp((long) missing * asked / Math.max(found, 1), 1, AT_ONCE);
  }
}
