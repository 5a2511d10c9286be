package dev.knatter.chat.page;

import java.time.Instant;
import java.util.Random;
import java.util.UUID;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.conversation.Conversation;
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
  final Cassandra cassandra;
  final Redis redis;
  final Pages pages;
  final CqlSession session;

  Reading(MigratedStores stores, long seed) {
    random = new Random(seed);
    cassandra = stores.cassandra();
    redis = stores.redis();
    session = stores.session();
    pages = new Pages(cassandra, clock, new Slices(cassandra, clock), new PageCache(redis));
  }

  /** A user who was created two months before the start. */
  UUID user() {
    return id(START.toEpochMilli() - 60L * 86_400_000);
  }

  UUID id(long millis) {
    return Uuid7.of(millis, random.nextLong(), random.nextLong());
  }

  /**
   * Shortens a conversation's slices in the ten-day window of a moment. The product would have the store date this entry,
   * whose clock is not the test's.
   */
  void shorten(Conversation conversation, long startsAt, int seconds) {
    session.execute(
        "INSERT INTO slice_history (window, conversation_id, starts_at, length, written) VALUES (?, ?, ?, ?, ?)",
        Math.floorDiv(startsAt, 864_000_000L), conversation.id(), startsAt, seconds,
        Uuids.startOf(startsAt - 600_000));
  }
}
