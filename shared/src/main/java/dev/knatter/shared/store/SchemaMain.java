package dev.knatter.shared.store;

import java.io.IOException;
import java.util.UUID;

import com.datastax.oss.driver.api.core.DriverException;
import dev.knatter.shared.Env;
import org.slf4j.LoggerFactory;

/**
 * The schema job: it applies the missing files of the schema and ends. KNATTER_CASSANDRA_REPLICATION, a CQL map, is the
 * replication of a keyspace that it creates; the default suits one node. KNATTER_SCHEMA_OWNER names the owner of the lock:
 * a job that was killed and starts again under the same name does not wait for its own lock to end. Two jobs that run at
 * once must not have the same name.
 *
 * <p>This class is in this module and not in tools, because the Job runs it from the image of a function.
 */
public final class SchemaMain {
  private SchemaMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Env env = Env.system();
    try {
      apply(env);
    } catch (DriverException e) {
      LoggerFactory.getLogger(SchemaMain.class)
        .error("Cassandra cannot be used: {}.", CassandraProblem.of(e, CassandraSettings.from(env)));
      System.exit(1);
    }
  }

  /** Applies the missing files to the keyspace that the environment names. */
  public static void apply(Env env) throws IOException, InterruptedException {
    CassandraSettings settings = CassandraSettings.from(env);
    Migrations.apply(settings, env.get("KNATTER_CASSANDRA_REPLICATION",
        "{'class': 'NetworkTopologyStrategy', '" + settings.datacenter() + "': 1}"),
        env.get("KNATTER_SCHEMA_OWNER", UUID.randomUUID().toString()));
  }
}
