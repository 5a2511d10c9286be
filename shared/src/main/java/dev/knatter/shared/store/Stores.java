package dev.knatter.shared.store;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.knatter.shared.Env;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * The two stores of one process, its clock, and the meters of the parts that use the stores. {@link #open} starts to
 * connect to both stores and returns at once.
 */
public final class Stores implements AutoCloseable, MeterBinder {
  private final Cassandra cassandra;
  private final Redis redis;
  private final Clock clock;
  private final Deque<Runnable> lastActs = new ArrayDeque<>();
  private final List<MeterBinder> meters = new CopyOnWriteArrayList<>();

  private Stores(Cassandra cassandra, Redis redis, Clock clock) {
    this.cassandra = cassandra;
    this.redis = redis;
    this.clock = clock;
  }

  public static Stores open(Env env, Clock clock) {
    return new Stores(Cassandra.open(CassandraSettings.from(env), clock), Redis.open(RedisSettings.from(env)),
        clock);
  }

  public Cassandra cassandra() {
    return cassandra;
  }

  public Redis redis() {
    return redis;
  }

  public Clock clock() {
    return clock;
  }

  /** Whether the next request can be answered quickly. Redis does not count, because every function also works without it. */
  public boolean ready() {
    return cassandra.ready();
  }

  /** What is missing while {@link #ready} is false, in words that anybody may read. */
  public Optional<String> missing() {
    return cassandra.missing();
  }

  /** Whether the last call could use each store, by the name of the store. A store that was not called yet is absent. */
  public Map<String, Boolean> up() {
    Map<String, Boolean> known = new HashMap<>();
    cassandra.isUp().ifPresent(up -> known.put("cassandra", up));
    redis.isUp().ifPresent(up -> known.put("redis", up));
    return known;
  }

  /**
   * Adds meters for the operator. They are bound to a registry after the first answer, because a registry would make the
   * start slower.
   */
  public void watch(MeterBinder binder) {
    meters.add(binder);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    cassandra.meters().bindTo(registry);
    meters.forEach(binder -> binder.bindTo(registry));
  }

  /** Registers an action to run before the stores close, while it can still use them. The last registered action runs first. */
  public synchronized void beforeClose(Runnable act) {
    lastActs.push(act);
  }

  @Override
  public synchronized void close() {
    while (!lastActs.isEmpty()) {
      lastActs.pop().run();
    }
    cassandra.close();
    redis.close();
  }
}
