package dev.knatter.chat.deadletter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/** The table of retries by schedule, by the hour in which they are due, and how far it has been worked off. */
final class LetterSchedule {
  private static final String NAME = "retries";
  private static final int HOURS_AT_ONCE = 24;
  private static final Duration RETENTION = Duration.ofDays(30);

  private final Cassandra cassandra;
  private final Cql insert;
  private final Cql selectBetween;
  private final Cql selectProgress;
  private final Cql insertProgress;

  /** A retry of a letter. It stands for nothing if the letter's next retry is another one by now. */
  record Entry(UUID due, UUID letter) {}

  LetterSchedule(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.insert = cassandra.cql("INSERT INTO dead_letter_schedule (hour, due, letter_id) VALUES (?, ?, ?)"
        + " USING TTL " + RETENTION.toSeconds());
    this.selectBetween = cassandra.cql("SELECT due, letter_id FROM dead_letter_schedule"
        + " WHERE hour = ? AND due > ? AND due < ? LIMIT ?");
    this.selectProgress = cassandra.cql("SELECT due FROM dead_letter_progress WHERE name = '" + NAME + "'");
    this.insertProgress = cassandra
      .cql("INSERT INTO dead_letter_progress (name, due) VALUES ('" + NAME + "', ?)");
  }

  Statement<?> insert(Entry entry) {
    return insert.bind(LetterList.hour(entry.due()), entry.due(), entry.letter());
  }

  /** Reads the first entries above one due and below another, in their order. Fewer than asked for if there are no more. */
  List<Entry> between(UUID above, UUID below, int limit) {
    List<Entry> entries = new ArrayList<>();
    long last = LetterList.hour(below);
    long hour = LetterList.hour(above);
    while (hour <= last && entries.size() < limit) {
      List<CompletionStage<AsyncResultSet>> reads = new ArrayList<>();
      for (; hour <= last && reads.size() < HOURS_AT_ONCE; hour++) {
        reads.add(cassandra.submit(selectBetween.bind(hour, above, below, limit)));
      }
      reads.forEach(read -> cassandra.all(read).forEach(row -> entries.add(entry(row))));
    }
    return entries.size() > limit ? entries.subList(0, limit) : entries;
  }

  private static Entry entry(Row row) {
    return new Entry(Objects.requireNonNull(row.getUuid("due")),
        Objects.requireNonNull(row.getUuid("letter_id")));
  }

  /** Up to which due everything was retried; of the first run: since when letters may have waited. */
  UUID progress(UUID otherwise) {
    Row row = cassandra.one(selectProgress.bind());
    UUID due = row == null ? null : row.getUuid("due");
    return due == null ? otherwise : due;
  }

  void save(UUID due) {
    cassandra.execute(insertProgress.bind(due));
  }
}
