package dev.knatter.core.store;

import java.time.Clock;

import dev.knatter.core.Env;

/**
 * The two stores of one process, and its clock. Opening starts to connect to both and returns at once.
 */
public record Stores(Cassandra cassandra, Redis redis, Clock clock) implements AutoCloseable {
  public static Stores open(Env env, Clock clock) {
    return new Stores(Cassandra.open(CassandraSettings.from(env), clock), Redis.open(RedisSettings.from(env)),
        clock);
  }

  /** Whether the next request can be answered quickly. Redis does not count: nothing depends on it. */
  public boolean ready() {
    return cassandra.ready();
  }

  @Override
  public void close() {
    cassandra.close();
    redis.close();
  }
}
