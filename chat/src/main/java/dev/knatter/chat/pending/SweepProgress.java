package dev.knatter.chat.pending;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/** How far each pass of one sweep has come, in the table {@code sweeps}. */
final class SweepProgress {
  private final Cassandra cassandra;
  private final String prefix;
  private final int schemaVersion;
  private final Cql select;
  private final Cql update;
  private final Cql selectBeginning;

  /**
   * @param prefix        of the names of the passes in the table
   * @param schemaVersion the version of the schema that brought the swept table: a pass that never ran begins when it was applied
   */
  SweepProgress(Cassandra cassandra, String prefix, int schemaVersion) {
    this.cassandra = cassandra;
    this.prefix = prefix;
    this.schemaVersion = schemaVersion;
    this.select = cassandra.cql("SELECT pass, swept_until FROM sweeps WHERE pass IN ?");
    this.update = cassandra.cql("UPDATE sweeps SET swept_until = ? WHERE pass = ?");
    this.selectBeginning = cassandra.cql("SELECT applied_at FROM schema_versions"
        + " WHERE keyspace_name = ? AND version = ?");
  }

  /** The last bucket that each pass has finished. */
  Map<SweepPass, Long> sweptUntil() {
    List<String> names = Stream.of(SweepPass.values()).map(this::name).toList();
    Map<String, Long> stored = new HashMap<>();
    for (Row row : cassandra.all(select.bind(names))) {
      stored.put(row.getString("pass"), row.getLong("swept_until"));
    }
    long beginning = stored.size() < names.size() ? beginning() : 0;
    Map<SweepPass, Long> done = new EnumMap<>(SweepPass.class);
    for (SweepPass pass : SweepPass.values()) {
      done.put(pass, stored.getOrDefault(name(pass), beginning));
    }
    return done;
  }

  void save(SweepPass pass, long bucket) {
    cassandra.execute(update.bind(bucket, name(pass)));
  }

  private String name(SweepPass pass) {
    return prefix + pass.name();
  }

  private long beginning() {
    Row row = cassandra.one(selectBeginning.bind(cassandra.keyspace(), schemaVersion));
    Instant applied = row == null ? null : row.getInstant("applied_at");
    if (applied == null) {
      throw new IllegalStateException("The schema of version " + schemaVersion + " was never applied.");
    }
    return PendingTable.bucket(applied.toEpochMilli()) - 1;
  }
}
