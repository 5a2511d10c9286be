package dev.knatter.chat.webhook;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.jspecify.annotations.Nullable;

/** The table of attempts, which the store keeps for three days. An hour of a webhook is a partition. */
public final class DeliveryReports {
  /** How many attempts {@link #newest} returns at most. */
  public static final int MAX_LISTED = 100;
  /** How many hours the store keeps. */
  private static final int HOURS = 72;
  private static final int HOURS_AT_ONCE = 24;

  private final Cassandra cassandra;
  private final Clock clock;
  private final Uuid7 ids;
  private final Cql insert;
  private final Cql select;

  public DeliveryReports(Cassandra cassandra, Clock clock) {
    this.cassandra = cassandra;
    this.clock = clock;
    this.ids = new Uuid7(clock);
    this.insert = cassandra.cql("INSERT INTO webhook_deliveries (webhook_id, hour, position, event_id, type,"
        + " conversation_id, message_id, attempt, delivered, status, outcome, latency, next_try)"
        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    this.select = cassandra.cql("SELECT position, event_id, type, conversation_id, message_id, attempt,"
        + " delivered, status, outcome, latency, next_try FROM webhook_deliveries"
        + " WHERE webhook_id = ? AND hour = ? LIMIT " + MAX_LISTED);
  }

  /** Stores what became of an attempt. Nothing depends on it, so it does nothing while the store is away. */
  void add(WebhookRequest request, @Nullable UUID message, int attempt, DeliveryOutcome outcome,
      @Nullable Instant nextTry) {
    UUID position = ids.mint();
    try {
      cassandra.execute(insert.bindPresent(request.webhook().id(), hour(Uuid7.millis(position)), position,
          request.eventId(), request.type(), request.subject(), message, attempt, outcome.isDelivered(),
          outcome.status(), outcome.words(), (int) outcome.latency().toMillis(), nextTry));
    } catch (Unavailable _) {
      // The event itself was delivered or parked.
    }
  }

  /** The newest attempts of a webhook, the newest first. */
  public List<DeliveryReport> newest(UUID webhook) {
    List<DeliveryReport> newest = new ArrayList<>();
    long now = hour(clock.millis());
    for (long last = now; last > now - HOURS && newest.size() < MAX_LISTED; last -= HOURS_AT_ONCE) {
      long latest = last;
      List<CompletionStage<AsyncResultSet>> reads = LongStream.range(0, HOURS_AT_ONCE)
        .mapToObj(back -> cassandra.submit(select.bind(webhook, latest - back)))
        .toList();
      for (CompletionStage<AsyncResultSet> read : reads) {
        cassandra.all(read).forEach(row -> newest.add(report(row)));
      }
    }
    return newest.subList(0, Math.min(newest.size(), MAX_LISTED));
  }

  private static long hour(long millis) {
    return TimeUnit.MILLISECONDS.toHours(millis);
  }

  private static DeliveryReport report(Row row) {
    UUID position = row.getUuid("position");
    String event = row.getString("event_id");
    String type = row.getString("type");
    String outcome = row.getString("outcome");
    if (position == null || event == null || type == null || outcome == null) {
      throw new IllegalStateException("a row of webhook_deliveries is not whole");
    }
    return new DeliveryReport(Uuid7.instant(position), event, type, row.getUuid("conversation_id"),
        row.getUuid("message_id"), row.getInt("attempt"), row.getBoolean("delivered"),
        row.get("status", Integer.class), outcome, row.getInt("latency"), row.getInstant("next_try"));
  }
}
