package dev.knatter.local.broker;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import dev.knatter.adapter.event.Event;

/** Limits the memory of the events that are not delivered yet. */
final class MemoryLimit {
  /** An estimate, in bytes, of what an event needs besides its data: a waiting thread, a queue, maps. */
  private static final int OVERHEAD = 4096;

  private final AtomicLong left;
  private final AtomicInteger events = new AtomicInteger();

  MemoryLimit(long bytes) {
    this.left = new AtomicLong(bytes);
  }

  boolean take(Event event) {
    if (left.addAndGet(-size(event)) < 0) {
      left.addAndGet(size(event));
      return false;
    }
    events.incrementAndGet();
    return true;
  }

  void release(Event event) {
    left.addAndGet(size(event));
    events.decrementAndGet();
  }

  /** How many events are not delivered yet. */
  int events() {
    return events.get();
  }

  private static long size(Event event) {
    int text = event.attributes()
      .entrySet()
      .stream()
      .mapToInt(attribute -> attribute.getKey().length() + attribute.getValue().length())
      .sum();
    return OVERHEAD + 2L * text + event.data().length;
  }
}
