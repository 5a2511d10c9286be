package dev.knatter.local;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import dev.knatter.embedded.EmbeddedCassandra;
import dev.knatter.embedded.EmbeddedRedis;
import org.jspecify.annotations.Nullable;

/** The embedded stores of this instance. A store that the environment names is not started and is null here. */
record LocalStores(@Nullable EmbeddedCassandra cassandra,
    @Nullable EmbeddedRedis redis) implements AutoCloseable {
  static LocalStores start(LocalSettings settings, Consumer<String> progress) {
    EmbeddedRedis redis = settings.has("KNATTER_REDIS_URL")
        ? null
        : EmbeddedRedis.start(settings.data().resolve("redis"), 0, progress);
    try {
      EmbeddedCassandra cassandra = settings.has("KNATTER_CASSANDRA_CONTACT_POINTS")
          ? null
          : EmbeddedCassandra.start(settings.data().resolve("cassandra"), 0, ProcessHandle.current().pid(),
              progress);
      return new LocalStores(cassandra, redis);
    } catch (RuntimeException e) {
      if (redis != null) {
        redis.close();
      }
      throw e;
    }
  }

  /** The environment variables with which functions find the embedded stores. */
  Map<String, String> env() {
    Map<String, String> env = new HashMap<>();
    if (cassandra != null) {
      env.put("KNATTER_CASSANDRA_CONTACT_POINTS", cassandra.contactPoint());
      env.put("KNATTER_CASSANDRA_DATACENTER", cassandra.datacenter());
    }
    if (redis != null) {
      env.put("KNATTER_REDIS_URL", redis.url());
    }
    return env;
  }

  @Override
  public void close() {
    if (cassandra != null) {
      cassandra.close();
    }
    if (redis != null) {
      redis.close();
    }
  }
}
