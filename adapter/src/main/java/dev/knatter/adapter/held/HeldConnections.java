package dev.knatter.adapter.held;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import dev.knatter.adapter.stream.StreamOptions;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/** Counts the connections of one stream that this process holds. */
public final class HeldConnections {
  private final StreamOptions options;
  private final Semaphore places;
  private final Map<String, Integer> perKey = new ConcurrentHashMap<>();
  private final LongAdder slow = new LongAdder();
  private final LongAdder refused = new LongAdder();

  public HeldConnections(StreamOptions options) {
    this.options = options;
    this.places = new Semaphore(options.maxConnections());
  }

  StreamOptions options() {
    return options;
  }

  /** Takes a place for a connection that is about to open; false where there is none. */
  public boolean tryEnter() {
    return places.tryAcquire();
  }

  /** Gives the place back. */
  public void leave() {
    places.release();
  }

  /** Counts a connection for its key; false where the key has as many as it may. */
  boolean tryCount(@Nullable String key) {
    if (key == null) {
      return true;
    }
    int count = perKey.merge(key, 1, Integer::sum);
    if (count <= options.maxPerKey()) {
      return true;
    }
    refused.increment();
    uncount(key);
    return false;
  }

  void uncount(@Nullable String key) {
    if (key != null) {
      perKey.computeIfPresent(key, (_, count) -> count > 1 ? count - 1 : null);
    }
  }

  void countSlow() {
    slow.increment();
  }

  /** Waits until all have left: a function is told of the end of its connections before its stores are closed. */
  public void awaitEmpty(Duration atMost) {
    try {
      boolean _ = places.tryAcquire(options.maxConnections(), atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many connections are open now. */
  public int open() {
    return options.maxConnections() - places.availablePermits();
  }

  /** @param function the name of the stream's function */
  public void bindTo(MeterRegistry registry, String function) {
    Gauge.builder("http.server.held.connections", this, HeldConnections::open)
      .description("WebSockets and event streams that this process holds now.")
      .tag("function", function)
      .register(registry);
    FunctionCounter.builder("http.server.held.slow", slow, LongAdder::sum)
      .description("Held connections that were ended because their clients did not take what was written.")
      .tag("function", function)
      .register(registry);
    FunctionCounter.builder("http.server.held.refused", refused, LongAdder::sum)
      .description("Held connections that were ended at once because their key had too many.")
      .tag("function", function)
      .register(registry);
  }
}
