package dev.knatter.chat.page;

import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;

import dev.knatter.chat.message.Slices;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.CassandraSettings;
import dev.knatter.shared.store.Migrations;
import dev.knatter.shared.store.Redis;
import dev.knatter.shared.store.RedisSettings;
import dev.knatter.testing.MovableClock;
import dev.knatter.testing.RealStores;

/** The parts of one process that reads, on real stores and on a clock of the test's. */
final class Reading implements AutoCloseable {
  /** Far from the ends of month and ten-day window. */
  static final Instant START = Instant.parse("2026-05-12T09:00:00Z");

  final MovableClock clock = new MovableClock(START);
  final Random random;
  final Cassandra cassandra;
  final Redis redis;
  final PageCache cache;
  final Pages pages;
  final Rows rows;

  Reading(RealStores stores, long seed) {
    Env env = Env.of(stores.env());
    random = new Random(seed);
    cassandra = Cassandra.open(CassandraSettings.from(env), Clock.systemUTC());
    redis = Redis.open(RedisSettings.from(env));
    cache = new PageCache(redis);
    Slices slices = new Slices(cassandra, clock);
    pages = new Pages(cassandra, clock, slices, cache);
    rows = new Rows(stores.session(), new Slices(cassandra, clock));
  }

  static void migrate(RealStores stores) throws Exception {
    Migrations.apply(CassandraSettings.from(Env.of(stores.env())),
        "{'class': 'SimpleStrategy', 'replication_factor': 1}");
  }

  /** A user who was created two months before the start. */
  UUID user() {
    return id(START.toEpochMilli() - 60L * 86_400_000);
  }

  UUID id(long millis) {
    return Uuid7.of(millis, random.nextLong(), random.nextLong());
  }

  @Override
  public void close() {
    cassandra.close();
    redis.close();
  }
}
