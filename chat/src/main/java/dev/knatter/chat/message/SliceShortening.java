package dev.knatter.chat.message;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/**
 * Keeps timeline partitions below 100 MiB. It estimates the size of a slice from samples: a message becomes a sample
 * with a probability proportional to its size, and each sample stands for 64 KiB. (The choice is random. A sender
 * could choose the bits of an id.) When a slice holds 5 MiB, the conversation gets shorter slices from five minutes
 * later on. At the limit of 300 KiB/s for a conversation, these minutes add 90 MiB at most.
 */
final class SliceShortening {
  private static final int SAMPLE_BYTES = 65_536;
  private static final int ROW_OVERHEAD_BYTES = 200; // the size of a row without its content
  private static final int FULL_SAMPLES = 5 * 1024 * 1024 / SAMPLE_BYTES;
  private static final Duration ANNOUNCED_AHEAD = Duration.ofMinutes(5);
  /** The lengths, in seconds, that a slice can have below the window's ten days. */
  private static final List<Integer> LENGTHS = List.of(86_400, 3_600, 300);

  private final Cassandra cassandra;
  private final Slices slices;
  private final Clock clock;
  private final Cql insertSample;
  private final Cql selectSamples;
  private final Cql insertChange;

  SliceShortening(Cassandra cassandra, Slices slices, Clock clock) {
    this.cassandra = cassandra;
    this.slices = slices;
    this.clock = clock;
    this.insertSample = cassandra
      .cql("INSERT INTO slice_samples (conversation_id, slice, id) VALUES (?, ?, ?)");
    this.selectSamples = cassandra
      .cql("SELECT id FROM slice_samples WHERE conversation_id = ? AND slice = ? LIMIT " + FULL_SAMPLES);
    // now() is the store's time, so that a process which was suspended cannot write an old time.
    this.insertChange = cassandra
      .cql("INSERT INTO slice_history (window, conversation_id, starts_at, length, written)"
          + " VALUES (?, ?, ?, ?, now())");
  }

  /** Whether a message is a sample. */
  static boolean isSample(Message message, RandomGenerator random) {
    // An estimate: UTF-8 has one to three bytes for each UTF-16 unit.
    return random.nextInt(SAMPLE_BYTES) < ROW_OVERHEAD_BYTES + message.content().length() * 3 / 2;
  }

  BatchableStatement<?> insertSample(Message message, long slice) {
    return insertSample.bind(message.conversationId(), slice, message.id());
  }

  /** Announces shorter slices if this one is filling up. Call it after a sample was stored. */
  void check(Message message, long slice) {
    UUID conversation = message.conversationId();
    long now = clock.millis();
    if (slices.window(now).changesAfter(conversation, now)) {
      return;
    }
    List<Row> samples = cassandra.all(selectSamples.bind(conversation, slice));
    long startsAt = now + ANNOUNCED_AHEAD.toMillis();
    if (samples.size() < FULL_SAMPLES || SliceWindow.numberOf(startsAt) != SliceWindow.numberOf(now)) {
      return; // not full, or the change would begin after the end of the window
    }
    long length = slices.end(conversation, slice) - slice;
    cassandra.execute(insertChange.bind(SliceWindow.numberOf(now), conversation, startsAt,
        shorterThan(length, samples, message)));
  }

  /** The longest length at which a slice is at most half full at the speed of the samples. */
  private static int shorterThan(long length, List<Row> samples, Message last) {
    long first = samples.stream().mapToLong(row -> millis(row)).min().orElse(Uuid7.millis(last.id()));
    long tookSeconds = Math.max(1, (Uuid7.millis(last.id()) - first) / 1_000);
    return LENGTHS.stream()
      .filter(candidate -> candidate * 1_000L < length && candidate <= tookSeconds * 5)
      .findFirst()
      .orElse(LENGTHS.getLast());
  }

  private static long millis(Row row) {
    UUID id = row.getUuid("id");
    return id == null ? Long.MAX_VALUE : Uuid7.millis(id);
  }
}
