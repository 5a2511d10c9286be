package dev.knatter.chat.reading;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

import dev.knatter.chat.message.Timeline;
import dev.knatter.shared.Uuid7;
import org.jspecify.annotations.Nullable;

/**
 * Up to where a user has read a conversation. A message with a smaller id may appear later than the mark, and
 * then it is unread. So the mark holds which messages were there.
 *
 * @param upTo     the id of the last message that was read
 * @param markedAt before the store was read for this mark; whole milliseconds
 * @param since    which messages were there is known of the ids above this one. It is at most {@code upTo}
 * @param known    of each message that was there: the lower half of its id, which consists of bits of a hash
 */
record ReadMark(UUID upTo, Instant markedAt, UUID since, Set<Long> known) {
  /** How far before the mark the known ids reach. Most messages that are sent again come within this time. */
  static final Duration WINDOW = Duration.ofHours(1);
  /** How many ids are known at most, so that all marks of a user fit into one partition. */
  static final int MAX_KNOWN = 512;
  /**
   * How many more ids are known where the last ones do not reach back to what was settled. It is what a conversation is
   * designed for, 300 messages a second, and somewhat more.
   */
  static final int MAX_UNSETTLED = 5_000;

  private static final int FIXED = 2 * Long.BYTES + Long.BYTES + 2 * Long.BYTES;

  static long part(UUID id) {
    return id.getLeastSignificantBits();
  }

  /** Whether a message was there when the mark was made. False if that is not known. */
  boolean wasThere(UUID id) {
    return id.compareTo(upTo) <= 0 && known.contains(part(id));
  }

  /** A message that appears after the mark has a marker, or an id above this one. */
  UUID settled() {
    return settled(markedAt);
  }

  static UUID settled(Instant at) {
    return Uuid7.last(at.minus(Timeline.DELTA).toEpochMilli() - 1);
  }

  /** The mark as the store has it: see the table. */
  ByteBuffer toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(FIXED + known.size() * Long.BYTES)
      .putLong(upTo.getMostSignificantBits())
      .putLong(upTo.getLeastSignificantBits())
      .putLong(markedAt.toEpochMilli())
      .putLong(since.getMostSignificantBits())
      .putLong(since.getLeastSignificantBits());
    long[] sorted = known.stream().mapToLong(Long::longValue).sorted().toArray();
    Arrays.stream(sorted).forEach(bytes::putLong);
    return bytes.flip();
  }

  /** The mark of these bytes; null for those of a later release that this one does not know. */
  static @Nullable ReadMark of(ByteBuffer stored) {
    ByteBuffer bytes = stored.duplicate();
    if (bytes.remaining() < FIXED) {
      return null;
    }
    UUID upTo = new UUID(bytes.getLong(), bytes.getLong());
    Instant markedAt = Instant.ofEpochMilli(bytes.getLong());
    UUID since = new UUID(bytes.getLong(), bytes.getLong());
    Set<Long> known = new HashSet<>();
    while (bytes.remaining() >= Long.BYTES) {
      known.add(bytes.getLong());
    }
    return new ReadMark(upTo, markedAt, since, known);
  }
}
