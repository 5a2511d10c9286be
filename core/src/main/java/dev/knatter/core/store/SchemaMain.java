package dev.knatter.core.store;

import java.io.IOException;

import dev.knatter.core.Env;

/**
 * The schema job: applies what is missing and ends. Replication of a keyspace it has to create comes from
 * KNATTER_CASSANDRA_REPLICATION, a CQL map; the default suits one node.
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
        "{'class': 'NetworkTopologyStrategy', '" + settings.datacenter() + "': 1}"));
  }
}
