package dev.knatter.chat.publication;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import dev.knatter.chat.pending.PendingRow;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes events without making anybody wait for the sink. As many events as the memory for them allows are on their way at
 * once. What does not fit, and what the sink does not accept, stays in the table for the sweep.
 */
public final class Publisher implements Publications, AutoCloseable {
  /** In KiB. */
  private static final int MAX_ON_THEIR_WAY = 4_096;
  private static final int MAX_AT_ONCE = 16;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);
  private static final Logger log = LoggerFactory.getLogger(Publisher.class);

  private final Cassandra cassandra;
  private final PublicationTable table;
  private final @Nullable EventSink sink;
  private final Semaphore onTheirWay = new Semaphore(MAX_ON_THEIR_WAY);
  private final Semaphore atOnce = new Semaphore(MAX_AT_ONCE);
  /** While the sink is away, only one event a second finds out whether it is back. */
  private volatile long awayUntilNanos = System.nanoTime();
  private volatile boolean isAway;

  /** @param sink null to leave every event to the sweep */
  public Publisher(Cassandra cassandra, PublicationTable table, @Nullable EventSink sink) {
    this.cassandra = cassandra;
    this.table = table;
    this.sink = sink;
  }

  @Override
  public Publication open(EventReference reference) {
    return new Opened(reference, table.pending().open());
  }

  private final class Opened implements Publication {
    private final EventReference reference;
    private final PendingRow row;
    private boolean left;

    Opened(EventReference reference, PendingRow row) {
      this.reference = reference;
      this.row = row;
    }

    @Override
    public List<BatchableStatement<?>> rows() {
      return table.rows(row, reference);
    }

    @Override
    public void announce() {
      cassandra.execute(BatchStatement.newInstance(DefaultBatchType.LOGGED, rows()).setIdempotent(true));
    }

    @Override
    public void happened(Map<String, Object> data) {
      happened(new ChatEvent(reference, time(), data));
    }

    @Override
    public void happened(Map<String, Object> data, Object state) {
      happened(new ChatEvent(reference, time(), data, state));
    }

    private void happened(ChatEvent event) {
      int size = size(event.data());
      EventSink to = sink;
      if (to != null && mayTry() && onTheirWay.tryAcquire(size)) {
        left = true;
        Thread.ofVirtual().name("publish").start(() -> publish(event, to, row, size));
      }
    }

    @Override
    public void happened() {
      happened(reference.data());
    }

    private Instant time() {
      return reference.type() == EventType.MESSAGE_SENT
          ? Uuid7.instant(reference.id())
          : Uuid7.instant(row.position());
    }

    @Override
    public void calledOff() {
      left = true;
      row.leave(/* isFinished= */ true);
    }

    @Override
    public void close() {
      if (!left) {
        row.leave(/* isFinished= */ false);
      }
    }
  }

  /** About how many KiB an event takes. */
  private static int size(Map<String, Object> data) {
    int chars = data.values()
      .stream()
      .mapToInt(value -> value instanceof String text ? text.length() : 0)
      .sum();
    return 1 + chars * 2 / 1024;
  }

  private boolean mayTry() {
    if (!isAway || !table.destination().pauses()) {
      return true;
    }
    long now = System.nanoTime();
    if (now - awayUntilNanos < 0) {
      return false;
    }
    awayUntilNanos = now + PAUSE.toNanos();
    return true;
  }

  private void publish(ChatEvent event, EventSink to, PendingRow row, int size) {
    boolean accepted = false;
    try {
      atOnce.acquire();
      try {
        accepted = deliver(event, to);
      } finally {
        atOnce.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.warn("An event stays for the sweep: {}", e.toString());
    } finally {
      row.leave(accepted);
      onTheirWay.release(size);
    }
  }

  private boolean deliver(ChatEvent event, EventSink to) {
    EventSink.Outcome outcome = to.deliver(event);
    if (outcome == EventSink.Outcome.AWAY) {
      if (!isAway) {
        log.warn("Events are not accepted by {}: they are kept, and published later.",
            table.destination().who());
      }
      awayUntilNanos = System.nanoTime() + PAUSE.toNanos();
      isAway = true;
    } else if (isAway) {
      isAway = false;
      log.info("Events are accepted again by {}.", table.destination().who());
    }
    return outcome == EventSink.Outcome.ACCEPTED;
  }

  /** Waits for the events that are on their way, for some seconds, and deletes the rows of those that were accepted. */
  @Override
  public void close() {
    try {
      boolean _ = onTheirWay.tryAcquire(MAX_ON_THEIR_WAY, STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    table.pending().close();
  }
}
