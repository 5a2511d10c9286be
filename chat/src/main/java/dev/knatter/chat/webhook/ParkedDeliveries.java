package dev.knatter.chat.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.jspecify.annotations.Nullable;

/**
 * The table of failed deliveries, by the minute in which they are due again. It also stores the minute up to which
 * all were tried.
 */
final class ParkedDeliveries {
  /** How many deliveries of a minute are read at once. */
  static final int PAGE = 500;
  /** Shorter than {@link WebhookRetries#VISITED_AGAIN}, so that no run has passed the minute. */
  private static final Duration SLOWEST_WRITE = Duration.ofMinutes(2);
  /** The version of the schema that brought the table. */
  private static final int SCHEMA = 8;
  private static final String PASS = "WEBHOOKS";

  private final Cassandra cassandra;
  private final Uuid7 ids;
  private final Cql insert;
  private final Cql delete;
  private final Cql select;
  private final Cql selectReached;
  private final Cql selectBeginning;
  private final Cql updateReached;

  ParkedDeliveries(Cassandra cassandra, Clock clock) {
    this.cassandra = cassandra;
    this.ids = new Uuid7(clock);
    this.insert = cassandra.cql("INSERT INTO parked_deliveries (minute, position, user_id, webhook_id, type,"
        + " conversation_id, message_id, version, attempts, first_failed_at)"
        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    this.delete = cassandra.cql("DELETE FROM parked_deliveries WHERE minute = ? AND position = ?");
    this.select = cassandra.cql("SELECT position, user_id, webhook_id, type, conversation_id, message_id,"
        + " version, attempts, first_failed_at FROM parked_deliveries WHERE minute = ? AND position < ? LIMIT "
        + PAGE);
    this.selectReached = cassandra.cql("SELECT swept_until FROM sweeps WHERE pass = '" + PASS + "'");
    this.selectBeginning = cassandra.cql("SELECT applied_at FROM schema_versions"
        + " WHERE keyspace_name = ? AND version = ?");
    this.updateReached = cassandra.cql("UPDATE sweeps SET swept_until = ? WHERE pass = '" + PASS + "'");
  }

  /** The minute of a time. */
  static long minute(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), 60L);
  }

  /** Stores a delivery until it is due. If this process was suspended meanwhile, it is stored again. */
  void park(UUID user, UUID webhook, WebhookEvent event, int attempts, Instant firstFailed, Instant due) {
    long began;
    do {
      began = System.nanoTime();
      UUID position = ids.mint(due);
      cassandra.execute(insert.bind(minute(Uuid7.instant(position)), position, user, webhook,
          event.type().text(), event.conversationId(), event.messageId(), event.version(), attempts,
          firstFailed));
    } while (System.nanoTime() - began > SLOWEST_WRITE.toNanos());
  }

  /** The deliveries of some minutes that are due, at most {@value #PAGE} of each. */
  List<ParkedDelivery> due(long first, long last, Instant now) {
    UUID end = Uuid7.floor(now.toEpochMilli() + 1);
    List<CompletionStage<AsyncResultSet>> reads = LongStream.rangeClosed(first, last)
      .mapToObj(minute -> cassandra.submit(select.bind(minute, end)))
      .toList();
    List<ParkedDelivery> due = new ArrayList<>();
    for (CompletionStage<AsyncResultSet> read : reads) {
      for (Row row : cassandra.all(read)) {
        ParkedDelivery delivery = delivery(row);
        if (delivery != null) {
          due.add(delivery);
        }
      }
    }
    return due;
  }

  void delete(ParkedDelivery delivery) {
    cassandra.execute(delete.bind(delivery.minute(), delivery.position()));
  }

  /** The last minute of which all deliveries were tried. Before the first run, that of the first that may exist. */
  long reached(Instant now) {
    Row row = cassandra.one(selectReached.bind());
    return row == null
        ? minute(beginning(now)) - 1
        : row.getLong("swept_until");
  }

  private Instant beginning(Instant now) {
    Row row = cassandra.one(selectBeginning.bind(cassandra.keyspace(), SCHEMA));
    Instant applied = row == null ? null : row.getInstant("applied_at");
    return applied == null ? now : applied;
  }

  void saveReached(long minute) {
    cassandra.execute(updateReached.bind(minute));
  }

  /** Null for one of a type that only a later release knows: it is not tried. */
  private static @Nullable ParkedDelivery delivery(Row row) {
    UUID position = row.getUuid("position");
    UUID user = row.getUuid("user_id");
    UUID webhook = row.getUuid("webhook_id");
    UUID conversation = row.getUuid("conversation_id");
    UUID message = row.getUuid("message_id");
    String type = row.getString("type");
    Instant failed = row.getInstant("first_failed_at");
    WebhookType known = type == null ? null : WebhookType.of(type).orElse(null);
    return position == null || user == null || webhook == null || conversation == null || message == null
        || known == null || failed == null
            ? null
            : new ParkedDelivery(position, user, webhook,
                new WebhookEvent(known, conversation, message, row.getInt("version")),
                row.getInt("attempts"), failed); // a version that is absent is read as 0, which means none
  }
}
