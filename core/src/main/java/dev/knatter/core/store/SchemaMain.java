package dev.knatter.core.store;

import java.io.IOException;
import java.util.UUID;

import dev.knatter.core.Env;

/**
 * The schema job: applies what is missing and ends. Replication of a keyspace it has to create comes from
 * KNATTER_CASSANDRA_REPLICATION, a CQL map; the default suits one node. KNATTER_SCHEMA_OWNER names whoever starts it
 * again after it was killed, so that it need not wait for its own lock to run out; two at once must not have the same.
 */
public final class SchemaMain {
  private SchemaMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    apply(Env.system());
  }

  /** Applies what is missing to the keyspace that the environment names. */
  public static void apply(Env env) throws IOException, InterruptedException {
    CassandraSettings settings = CassandraSettings.from(env);
    Migrations.apply(settings, env.get("KNATTER_CASSANDRA_REPLICATION",
        "{'class': 'NetworkTopologyStrategy', '" + settings.datacenter() + "': 1}"),
        env.get("KNATTER_SCHEMA_OWNER", UUID.randomUUID().toString()));
  }
}
