package dev.knatter.chat.erasure;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.chat.erasure.ErasureReport.Kind;
import dev.knatter.chat.pending.DeletionPass;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.jspecify.annotations.Nullable;

/**
 * The table of erasure reports and their progress. A lightweight transaction stores each step if no other process has
 * stored it meanwhile, so that nothing is counted twice.
 */
final class ErasureReports {
  private final Cassandra cassandra;
  private final Cql select;
  private final Cql begin;
  private final Cql move;
  private final Cql finish;

  ErasureReports(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.select = cassandra
      .cql("SELECT erasure_id, started_at, erased_at, finished_at, pass, reached, counted, erased"
          + " FROM erasures WHERE erasure_id = ?");
    this.begin = cassandra
      .conditional(
          "INSERT INTO erasures (erasure_id, started_at, pass, reached, counted, erased)"
              + " VALUES (?, ?, ?, ?, ?, ?)"
              + " IF NOT EXISTS");
    String unmoved = " WHERE erasure_id = ? IF pass = ? AND reached = ? AND counted = ?";
    this.move = cassandra
      .conditional(
          "UPDATE erasures SET pass = ?, reached = ?, counted = ?, erased = ?, erased_at = ?" + unmoved);
    this.finish = cassandra
      .conditional(
          "UPDATE erasures SET pass = null, reached = null, counted = null, finished_at = ?" + unmoved);
  }

  /** The progress of an erasure; null if there is no such erasure or nothing has been done for it. */
  @Nullable
  ErasureProgress find(UUID erasure) {
    Row row = cassandra.one(select.bind(erasure));
    Instant started = row == null ? null : row.getInstant("started_at");
    if (row == null || started == null) {
      return null;
    }
    String pass = row.getString("pass");
    UUID reached = row.getUuid("reached");
    UUID counted = row.getUuid("counted");
    ErasureReport report = new ErasureReport(erasure, started, row.getInstant("erased_at"),
        row.getInstant("finished_at"),
        counts(row));
    return pass == null || reached == null || counted == null
        ? new ErasureProgress(report, DeletionPass.LAST, Uuid7.last(0), Uuid7.last(0)) // finished
        : new ErasureProgress(report, DeletionPass.valueOf(pass), reached, counted);
  }

  /** Stores the first progress of an erasure, or returns the existing one. */
  ErasureProgress begin(ErasureProgress first) {
    ErasureReport report = first.report();
    Row _ = cassandra.one(begin.bind(report.erasureId(), report.startedAt(), first.pass().name(),
        first.reached(), first.counted(), countsByText(report)));
    ErasureProgress begun = find(report.erasureId());
    if (begun == null) {
      throw new Unavailable("The store has not decided yet.");
    }
    return begun;
  }

  /** Stores a step, unless another process has stored one since {@code from}. */
  void move(ErasureProgress from, ErasureProgress to) {
    ErasureReport report = to.report();
    Row _ = cassandra.one(move.bindPresent(to.pass().name(), to.reached(), to.counted(), countsByText(report),
        report.erasedAt(), report.erasureId(), from.pass().name(), from.reached(), from.counted()));
  }

  /** Stores the end of the erasure. False if another process has stored a step since {@code from}. */
  boolean finish(ErasureProgress from, Instant now) {
    Row row = cassandra.one(finish.bind(now, from.report().erasureId(), from.pass().name(), from.reached(),
        from.counted()));
    return row != null && row.getBoolean("[applied]");
  }

  private static Map<String, Long> countsByText(ErasureReport report) {
    Map<String, Long> counts = new HashMap<>();
    report.erased().forEach((kind, count) -> counts.put(kind.text(), count));
    return counts;
  }

  private static Map<Kind, Long> counts(Row row) {
    Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    Map<String, Long> stored = row.getMap("erased", String.class, Long.class);
    for (Kind kind : Kind.values()) {
      Long count = stored == null ? null : stored.get(kind.text());
      counts.put(kind, count == null ? 0L : count);
    }
    return counts;
  }
}
