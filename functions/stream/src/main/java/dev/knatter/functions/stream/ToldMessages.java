package dev.knatter.functions.stream;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the bell has told the users of this process within the last minute, so that a look into the inbox does not tell it again. A
 * connection was told only what came after it had subscribed. This is only to save traffic: what is forgotten here is told twice.
 */
final class ToldMessages {
  /** More than come to most users between two looks. */
  static final int MAX_PER_USER = 100;
  /** Of all users. Each takes some 64 bytes: one busy group with many connections here must not take the heap. */
  static final int MAX = 100_000;
  private static final long KEPT_NANOS = Duration.ofMinutes(1).toNanos();

  private final Map<String, Recent> users = new ConcurrentHashMap<>();
  private final AtomicInteger kept = new AtomicInteger();

  /** When each state was told for the first time, the oldest first. */
  private final class Recent {
    private final Map<String, Long> states = new LinkedHashMap<>();

    synchronized void add(String state, long nanos) {
      if (states.containsKey(state)) {
        return;
      }
      if (states.size() == MAX_PER_USER) {
        Iterator<Long> oldest = states.values().iterator();
        var _ = oldest.next();
        oldest.remove();
      } else if (kept.get() >= MAX) {
        return;
      } else {
        kept.incrementAndGet();
      }
      states.put(state, nanos);
    }

    synchronized boolean contains(String state, long sinceNanos, long leastAgeNanos) {
      Long nanos = states.get(state);
      return nanos != null && nanos - sinceNanos >= 0 && System.nanoTime() - nanos >= leastAgeNanos;
    }

    synchronized boolean forgetOld(long now) {
      int before = states.size();
      states.values().removeIf(nanos -> now - nanos > KEPT_NANOS);
      kept.addAndGet(states.size() - before);
      return states.isEmpty();
    }
  }

  /** @param nanos {@link System#nanoTime} when it was told */
  void add(String channel, String state, long nanos) {
    users.compute(channel, (_, recent) -> {
      Recent present = recent == null ? new Recent() : recent;
      present.add(state, nanos);
      return present;
    });
  }

  /**
   * Whether a connection that has subscribed at that time was told a state.
   *
   * @param leastAgeNanos what was told a shorter time ago does not count
   */
  boolean contains(String channel, String state, long sinceNanos, long leastAgeNanos) {
    Recent recent = users.get(channel);
    return recent != null && recent.contains(state, sinceNanos, leastAgeNanos);
  }

  void forgetOld() {
    long now = System.nanoTime();
    users.keySet()
      .forEach(channel -> users.computeIfPresent(channel,
          (_, recent) -> recent.forgetOld(now) ? null : recent));
  }
}
