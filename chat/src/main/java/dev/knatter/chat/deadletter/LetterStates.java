package dev.knatter.chat.deadletter;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.jspecify.annotations.Nullable;

/** The table of states. Lightweight transactions change them, so that of two changes at once one fails. */
final class LetterStates {
  /** Longer than any letter is listed, so that a letter's retries go on counting. */
  private static final Duration RETENTION = Duration.ofDays(30);

  private final Cassandra cassandra;
  private final Cql select;
  private final Cql selectSerial;
  private final Cql insert;
  private final Cql update;

  LetterStates(Cassandra cassandra) {
    this.cassandra = cassandra;
    String row = "SELECT version, listed, position, first_arrival, arrivals, retries, due FROM dead_letters"
        + " WHERE letter_id = ?";
    this.select = cassandra.cql(row);
    this.selectSerial = cassandra.serialRead(row);
    this.insert = cassandra.conditional("INSERT INTO dead_letters (letter_id, version, listed, position,"
        + " first_arrival, arrivals, retries, due) VALUES (?, ?, ?, ?, ?, ?, ?, ?) IF NOT EXISTS USING TTL "
        + RETENTION.toSeconds());
    this.update = cassandra.conditional("UPDATE dead_letters USING TTL " + RETENTION.toSeconds()
        + " SET version = ?, listed = ?, position = ?, first_arrival = ?, arrivals = ?, retries = ?, due = ?"
        + " WHERE letter_id = ? IF version = ?");
  }

  /** The state to change; null if the event is not known. */
  @Nullable
  LetterState find(UUID letter) {
    return of(cassandra.one(selectSerial.bind(letter)));
  }

  /** Starts to read a state. It may be a moment old. */
  CompletionStage<AsyncResultSet> start(UUID letter) {
    return cassandra.submit(select.bind(letter));
  }

  @Nullable
  LetterState join(CompletionStage<AsyncResultSet> started) {
    return of(cassandra.join(started).one());
  }

  /** Stores the next state. False if another process has stored one meanwhile. */
  boolean change(UUID letter, @Nullable LetterState from, LetterState to) {
    Row outcome = cassandra.one(from == null
        ? insert.bind(letter, to.version(), to.listed(), to.position(), to.firstArrival(), to.arrivals(),
            to.retries(), to.due())
        : update.bind(to.version(), to.listed(), to.position(), to.firstArrival(), to.arrivals(),
            to.retries(), to.due(), letter, from.version()));
    return outcome != null && outcome.getBoolean("[applied]");
  }

  private static @Nullable LetterState of(@Nullable Row row) {
    UUID position = row == null ? null : row.getUuid("position");
    Instant first = row == null ? null : row.getInstant("first_arrival");
    return row == null || position == null || first == null
        ? null
        : new LetterState(row.getInt("version"), row.getBoolean("listed"), position, first,
            row.getInt("arrivals"), row.getInt("retries"), Objects.requireNonNull(row.getUuid("due")));
  }
}
