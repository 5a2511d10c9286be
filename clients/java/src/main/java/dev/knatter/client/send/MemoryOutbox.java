package dev.knatter.client.send;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps messages as long as the program runs. */
public final class MemoryOutbox implements Outbox {
  private final ConcurrentSkipListMap<Long, OutboxEntry> entries = new ConcurrentSkipListMap<>();
  private final AtomicLong numbers = new AtomicLong();
  private final Clock clock;

  public MemoryOutbox(Clock clock) {
    this.clock = clock;
  }

  @Override
  public List<OutboxEntry> entries() {
    return List.copyOf(entries.values());
  }

  @Override
  public OutboxEntry add(UUID userId, Draft draft) {
    OutboxEntry entry = new OutboxEntry(numbers.incrementAndGet(), userId, draft, null, clock.instant());
    entries.put(entry.number(), entry);
    return entry;
  }

  @Override
  public void update(OutboxEntry entry) {
    entries.put(entry.number(), entry);
  }

  @Override
  public void remove(OutboxEntry entry) {
    entries.remove(entry.number());
  }

  @Override
  public void close() {}
}
