package dev.knatter.chat.page;

import java.time.Instant;
import java.util.Random;
import java.util.UUID;

import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.message.Slices;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Redis;
import dev.knatter.testing.MovableClock;

/** The parts of one process that reads, on real stores and on a clock of the test's. */
final class Reading {
  /** Far from the ends of month and ten-day window. */
  static final Instant START = Instant.parse("2026-05-12T09:00:00Z");

  final MovableClock clock = new MovableClock(START);
  final Random random;
  final Redis redis;
  final PageCache cache;
  final Pages pages;
  final Rows rows;

  Reading(MigratedStores stores, long seed) {
    random = new Random(seed);
    Cassandra cassandra = stores.cassandra();
    redis = stores.redis();
    cache = new PageCache(redis);
    Slices slices = new Slices(cassandra, clock);
    pages = new Pages(cassandra, clock, slices, cache);
    rows = new Rows(stores.session(), new Slices(cassandra, clock));
  }

  /** A user who was created two months before the start. */
  UUID user() {
    return id(START.toEpochMilli() - 60L * 86_400_000);
  }

  UUID id(long millis) {
    return Uuid7.of(millis, random.nextLong(), random.nextLong());
  }
}
