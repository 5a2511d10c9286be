package dev.knatter.core.delivery;

import java.time.Instant;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.core.store.Cassandra;
import dev.knatter.core.store.Cql;

/** How far each pass of the sweep has come. A pass that never ran begins when the schema was made. */
public final class Sweeps {
  private final Cassandra cassandra;
  private final Cql select;
  private final Cql update;
  private final Cql selectBeginning;

  public Sweeps(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.select = cassandra.cql("SELECT swept_until FROM sweeps WHERE pass = ?");
    this.update = cassandra.cql("UPDATE sweeps SET swept_until = ? WHERE pass = ?");
    this.selectBeginning = cassandra.cql("SELECT min(applied_at) AS beginning FROM schema_versions"
        + " WHERE keyspace_name = ?");
  }

  /** The last bucket that a pass has done. */
  public long sweptUntil(String pass) {
    Row row = cassandra.one(select.bind(pass));
    return row != null ? row.getLong("swept_until") : beginning();
  }

  public void save(String pass, long bucket) {
    cassandra.execute(update.bind(bucket, pass));
  }

  private long beginning() {
    Row row = cassandra.one(selectBeginning.bind(cassandra.keyspace()));
    Instant applied = row == null ? null : row.getInstant("beginning");
    if (applied == null) {
      throw new IllegalStateException("The schema has no beginning.");
    }
    return Math.floorDiv(applied.toEpochMilli(), Outbox.BUCKET_MILLIS) - 1;
  }
}
