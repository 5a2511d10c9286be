package dev.knatter.chat.erasure;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.chat.erasure.ErasureReport.Kind;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.jspecify.annotations.Nullable;

/**
 * The table of what has become of erasures. A step is taken by lightweight transaction, on the condition that nobody has
 * taken it meanwhile, so that what two do at once is counted once.
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

  /** Null where there is no such erasure, or nothing has been done for it yet. */
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
        ? new ErasureProgress(report, ErasurePass.LAST, Uuid7.last(0), Uuid7.last(0)) // finished
        : new ErasureProgress(report, ErasurePass.valueOf(pass), reached, counted);
  }

  /** Enters an erasure, or returns how far it has come where somebody else has entered it. */
  ErasureProgress begin(ErasureProgress first) {
    ErasureReport report = first.report();
    Row _ = cassandra.one(begin.bind(report.erasureId(), report.startedAt(), first.pass().name(),
        first.reached(), first.counted(), texts(report)));
    ErasureProgress begun = find(report.erasureId());
    if (begun == null) {
      throw new Unavailable("The store has not decided yet.");
    }
    return begun;
  }

  /** Enters a step, unless somebody else has been there. */
  void move(ErasureProgress from, ErasureProgress to) {
    ErasureReport report = to.report();
    Row _ = cassandra.one(move.bindPresent(to.pass().name(), to.reached(), to.counted(), texts(report),
        report.erasedAt(), report.erasureId(), from.pass().name(), from.reached(), from.counted()));
  }

  /** Enters the last step, and returns whether that was so: nobody else has been there. */
  boolean finish(ErasureProgress from, Instant now) {
    Row row = cassandra.one(finish.bind(now, from.report().erasureId(), from.pass().name(), from.reached(),
        from.counted()));
    return row != null && row.getBoolean("[applied]");
  }

  private static Map<String, Long> texts(ErasureReport report) {
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
