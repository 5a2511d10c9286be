package dev.knatter.chat.live;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import dev.knatter.chat.publication.ChatEvent;
import dev.knatter.chat.publication.EventReference;
import dev.knatter.chat.publication.EventSink;
import dev.knatter.chat.publication.Publication;
import dev.knatter.chat.publication.Publications;
import dev.knatter.shared.Uuid7;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells held connections in the background, and keeps nothing: for an installation without proxies. A process that holds
 * connections finds by itself, in the inboxes of its users, what it was not told.
 */
public final class LivePublications implements Publications, AutoCloseable {
  /** How many events are on their way at once. An event above it is left out. */
  private static final int MAX = 2_000;
  /** How many are delivered at once: what may be lost must not take all connections to a proxy that hangs. */
  private static final int MAX_AT_ONCE = 64;
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);
  private static final Logger log = LoggerFactory.getLogger(LivePublications.class);

  private final EventSink sink;
  private final Uuid7 ids;
  private final Semaphore onTheirWay = new Semaphore(MAX);
  private final Semaphore atOnce = new Semaphore(MAX_AT_ONCE);

  public LivePublications(EventSink sink, Uuid7 ids) {
    this.sink = sink;
    this.ids = ids;
  }

  @Override
  public Publication open(EventReference reference) {
    return new Told(reference);
  }

  @Override
  public void tell(ChatEvent event) {
    if (onTheirWay.tryAcquire()) {
      Thread.ofVirtual().name("tell").start(() -> deliver(event));
    }
  }

  private void deliver(ChatEvent event) {
    try {
      atOnce.acquire();
      try {
        EventSink.Outcome _ = sink.deliver(event);
      } finally {
        atOnce.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.debug("Held connections were not told of an event: {}", e.toString());
    } finally {
      onTheirWay.release();
    }
  }

  private final class Told implements Publication {
    private final EventReference reference;

    Told(EventReference reference) {
      this.reference = reference;
    }

    @Override
    public List<BatchableStatement<?>> rows() {
      return List.of();
    }

    @Override
    public void announce() {}

    @Override
    public void happened(Map<String, Object> data) {
      tell(new ChatEvent(reference, Uuid7.instant(ids.mint()), data));
    }

    @Override
    public void happened(Map<String, Object> data, Object state) {
      tell(new ChatEvent(reference, Uuid7.instant(ids.mint()), data, state));
    }

    @Override
    public void happened() {
      happened(Map.of());
    }

    @Override
    public void calledOff() {}

    @Override
    public void close() {}
  }

  /** Waits for what is on its way, for at most two seconds. */
  @Override
  public void close() {
    try {
      boolean _ = onTheirWay.tryAcquire(MAX, STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
