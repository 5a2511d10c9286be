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
 * The slices of all conversations in one window of ten days. A conversation's slice is the whole window until it
 * turns out to be busy; from a moment that everybody knew before it came, it is cut shorter. So the slice of an id
 * is a function of the id and of this record, and every attempt to write a message finds the same place.
 *
 * @param number the window's place since 1970
 * @param changes by conversation: from which millisecond on its slices have which length in milliseconds
 */
record SliceWindow(long number, Map<UUID, NavigableMap<Long, Long>> changes) {
  static final long LENGTH = Duration.ofDays(10).toMillis();
  /** An entry that the store wrote less than this before it starts does not count: some may not have seen it. */
  static final Duration NOTICE = Duration.ofMinutes(4);

  /** One line of the history; times in milliseconds. */
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

  /** The slice that holds a millisecond of this window, named by its first one. */
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
   * The slices that a message of this millisecond may have been written to: a writer that was stopped for minutes knew
   * less of the history, and one that was killed then has not written to the right one as well.
   */
  Set<Long> possibleSlices(UUID conversation, long millis) {
    Set<Long> slices = new HashSet<>(Set.of(number * LENGTH));
    NavigableMap<Long, Long> own = changes.getOrDefault(conversation, Collections.emptyNavigableMap());
    own.headMap(millis, true).forEach((start, length) -> slices.add(slice(start, length, millis)));
    return slices;
  }

  /** The first millisecond after a slice of this window. */
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

  /** Whether a conversation's slices will become shorter than they are at a moment. */
  boolean changesAfter(UUID conversation, long millis) {
    NavigableMap<Long, Long> own = changes.get(conversation);
    return own != null && own.higherKey(millis) != null;
  }
}
