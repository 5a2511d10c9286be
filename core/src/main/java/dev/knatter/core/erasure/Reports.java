package dev.knatter.core.erasure;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.core.Uuid7;
import dev.knatter.core.erasure.Report.Kind;
import dev.knatter.core.store.Cassandra;
import dev.knatter.core.store.Cql;
import org.jspecify.annotations.Nullable;

/** The table of what has become of erasures. */
final class Reports {
  private final Cassandra cassandra;
  private final Cql select;
  private final Cql save;
  private final Cql erased;
  private final Cql finish;

  Reports(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.select = cassandra.cql("SELECT erasure_id, started_at, erased_at, finished_at, pass, reached, erased"
        + " FROM erasures WHERE erasure_id = ?")
      .seldom();
    this.save = cassandra
      .cql("UPDATE erasures SET started_at = ?, pass = ?, reached = ?, erased = ? WHERE erasure_id = ?")
      .seldom();
    this.erased = cassandra.cql("UPDATE erasures SET erased_at = ? WHERE erasure_id = ?").seldom();
    this.finish = cassandra
      .cql("UPDATE erasures SET finished_at = ?, pass = null, reached = null WHERE erasure_id = ?")
      .seldom();
  }

  /** Null where there is no such erasure, or nothing has been done for it yet. */
  @Nullable
  Progress find(UUID erasure) {
    Row row = cassandra.one(select.bind(erasure));
    Instant started = row == null ? null : row.getInstant("started_at");
    if (row == null || started == null) {
      return null;
    }
    String pass = row.getString("pass");
    UUID reached = row.getUuid("reached");
    return new Progress(
        new Report(erasure, started, row.getInstant("erased_at"), row.getInstant("finished_at"), counts(row)),
        pass == null ? Pass.LAST : Pass.valueOf(pass), reached == null ? Uuid7.last(0) : reached);
  }

  void save(Progress progress) {
    Report report = progress.report();
    Map<String, Long> counts = new HashMap<>();
    report.erased().forEach((kind, count) -> counts.put(kind.text(), count));
    cassandra.execute(save.bind(report.startedAt(), progress.pass().name(), progress.reached(), counts,
        report.erasureId()));
  }

  /** Notes that nothing is left of what was there. */
  void erased(UUID erasure, Instant now) {
    cassandra.execute(erased.bind(now, erasure));
  }

  void finish(UUID erasure, Instant now) {
    cassandra.execute(finish.bind(now, erasure));
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
