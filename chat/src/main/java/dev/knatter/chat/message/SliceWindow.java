package dev.knatter.chat.message;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The slices of all conversations in one window of ten days. A conversation has one slice, the whole window, until it
 * becomes busy. Then its slices become shorter from an announced time on, which all writers know before it comes. So an
 * id and this record determine the slice, and every attempt to write a message finds the same partition.
 *
 * @param number the number of the window since 1970
 * @param changes by conversation: the length of slices in milliseconds, by the time in milliseconds from which it holds
 */
record SliceWindow(long number, Map<UUID, NavigableMap<Long, Long>> changes) {
  static final long LENGTH = Duration.ofDays(10).toMillis();
  /** A change counts only if it was stored this long before it starts. Otherwise some writers may not know it. */
  static final Duration NOTICE = Duration.ofMinutes(4);

  /** A row of the slice history; times and length in milliseconds. */
  record Change(UUID conversation, long startsAt, long length, long writtenAt) {}

  static SliceWindow of(long number, List<Change> history) {
    Map<UUID, NavigableMap<Long, Long>> changes = new HashMap<>();
    for (Change change : history) {
      if (change.writtenAt() + NOTICE.toMillis() <= change.startsAt()) {
        changes.computeIfAbsent(change.conversation(), _ -> new TreeMap<>())
          .put(change.startsAt(), change.length());
      }
    }
    return new SliceWindow(number, changes);
  }

  static long numberOf(long millis) {
    return Math.floorDiv(millis, LENGTH);
  }

  /** The slice that contains a time of this window. A slice is named by its first millisecond. */
  long slice(UUID conversation, long millis) {
    NavigableMap<Long, Long> own = changes.get(conversation);
    Map.Entry<Long, Long> change = own == null ? null : own.floorEntry(millis);
    if (change == null) {
      return number * LENGTH;
    }
    return slice(change.getKey(), change.getValue(), millis);
  }

  private static long slice(long start, long length, long millis) {
    return start + Math.floorDiv(millis - start, length) * length;
  }

  /**
   * The slices to which a message of this time may have been written. A writer that was suspended for minutes did not
   * know the latest changes, and if it was killed then, it has not written to the right slice.
   */
  Set<Long> possibleSlices(UUID conversation, long millis) {
    Set<Long> slices = new HashSet<>(Set.of(number * LENGTH));
    NavigableMap<Long, Long> own = changes.getOrDefault(conversation, Collections.emptyNavigableMap());
    own.headMap(millis, true).forEach((start, length) -> slices.add(slice(start, length, millis)));
    return slices;
  }

  /** The end of a slice of this window, exclusive. */
  long end(UUID conversation, long slice) {
    long end = (number + 1) * LENGTH;
    NavigableMap<Long, Long> own = changes.get(conversation);
    if (own == null) {
      return end;
    }
    Map.Entry<Long, Long> change = own.floorEntry(slice);
    if (change != null) {
      end = Math.min(end, slice + change.getValue());
    }
    Long next = own.higherKey(slice);
    return next == null ? end : Math.min(end, next);
  }

  /** Whether a change of the conversation's slices begins after a time. */
  boolean changesAfter(UUID conversation, long millis) {
    NavigableMap<Long, Long> own = changes.get(conversation);
    return own != null && own.higherKey(millis) != null;
  }
}
