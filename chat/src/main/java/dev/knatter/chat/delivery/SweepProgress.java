package dev.knatter.chat.delivery;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.chat.inbox.Outbox;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/** The table of how far each pass of the sweep has come. A pass that never ran begins when the schema was created. */
public final class SweepProgress {
  private final Cassandra cassandra;
  private final Cql select;
  private final Cql update;
  private final Cql selectBeginning;

  public SweepProgress(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.select = cassandra.cql("SELECT pass, swept_until FROM sweeps WHERE pass IN ?");
    this.update = cassandra.cql("UPDATE sweeps SET swept_until = ? WHERE pass = ?");
    this.selectBeginning = cassandra.cql("SELECT min(applied_at) AS beginning FROM schema_versions"
        + " WHERE keyspace_name = ?");
  }

  /** The last bucket that each of these passes has finished. */
  public Map<String, Long> sweptUntil(List<String> passes) {
    Map<String, Long> done = new HashMap<>();
    for (Row row : cassandra.all(select.bind(passes))) {
      done.put(row.getString("pass"), row.getLong("swept_until"));
    }
    if (done.size() < passes.size()) {
      long beginning = Outbox.bucket(beginning().toEpochMilli()) - 1;
      passes.forEach(pass -> done.putIfAbsent(pass, beginning));
    }
    return done;
  }

  public void save(String pass, long bucket) {
    cassandra.execute(update.bind(bucket, pass));
  }

  /** When the schema was created. Nothing is older. */
  public Instant beginning() {
    Row row = cassandra.one(selectBeginning.bind(cassandra.keyspace()));
    Instant applied = row == null ? null : row.getInstant("beginning");
    if (applied == null) {
      throw new IllegalStateException("The schema has no beginning.");
    }
    return applied;
  }
}
