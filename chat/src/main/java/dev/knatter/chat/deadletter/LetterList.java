package dev.knatter.chat.deadletter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/** The table of arrivals, by hour. */
final class LetterList {
  private static final int HOURS_AT_ONCE = 24;
  private static final int GROWTH = 4;

  private final Cassandra cassandra;
  private final Cql insert;
  private final Cql selectBelow;
  private final Cql delete;

  /** An arrival of a letter. It stands for the letter only while it is the last one. */
  record Entry(UUID position, UUID letter) {
    static Entry of(Row row) {
      return new Entry(Objects.requireNonNull(row.getUuid("position")),
          Objects.requireNonNull(row.getUuid("letter_id")));
    }
  }

  LetterList(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.insert = cassandra
      .cql("INSERT INTO dead_letter_list (hour, position, letter_id) VALUES (?, ?, ?) USING TTL ?");
    this.selectBelow = cassandra.cql("SELECT position, letter_id FROM dead_letter_list"
        + " WHERE hour = ? AND position < ? LIMIT ?");
    this.delete = cassandra.cql("DELETE FROM dead_letter_list WHERE hour = ? AND position = ?");
  }

  Statement<?> insert(Entry entry, Duration life) {
    return insert.bind(hour(entry.position()), entry.position(), entry.letter(),
        Math.toIntExact(life.toSeconds()));
  }

  Statement<?> delete(UUID position) {
    return delete.bind(hour(position), position);
  }

  /**
   * Reads the newest arrivals below a position, in descending order; fewer than asked for if there are no more.
   *
   * @param oldest below this time, in milliseconds, nothing is left
   */
  List<Entry> below(UUID position, long oldest, int limit) {
    List<Entry> entries = new ArrayList<>();
    long first = hour(oldest);
    long hour = hour(position);
    // The first hour alone, since it mostly suffices; then more and more, since after a quiet time nothing is in them.
    for (int many = 1; hour >= first && entries.size() < limit; many = Math.min(many * GROWTH,
        HOURS_AT_ONCE)) {
      List<CompletionStage<AsyncResultSet>> reads = new ArrayList<>();
      for (; hour >= first && reads.size() < many; hour--) {
        reads.add(cassandra.submit(selectBelow.bind(hour, position, limit)));
      }
      reads.forEach(read -> cassandra.all(read).forEach(row -> entries.add(Entry.of(row))));
    }
    return entries.size() > limit ? entries.subList(0, limit) : entries;
  }

  static long hour(UUID position) {
    return hour(Uuid7.millis(position));
  }

  private static long hour(long millis) {
    return TimeUnit.MILLISECONDS.toHours(millis);
  }
}
