package dev.knatter.chat.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.embedded.CassandraFlush;
import dev.knatter.shared.Uuid7;
import dev.knatter.testing.MovableClock;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What Cassandra says of partitions and tombstones after a day of a very busy conversation. The rows of an inbox are not
 * counted: somebody who gets more than 3,300 messages a day has more than 100,000 small references in a month.
 */
final class PartitionSizesTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores(new RealStores());

  private static final Duration DAY = Duration.ofDays(1);
  private static final int MESSAGES = Integer.getInteger("knatter.soak") == null ? 2_000 : 1_000_000;
  private static final int AT_ONCE = 40;
  private static final long MOST_MEBIBYTES = 100;
  private static final long MOST_ROWS = 100_000;
  /** Above it Cassandra warns. */
  private static final long MOST_TOMBSTONES = 1_000;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  /** For as long as a process remembers how long the slices are. */
  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  private final UUID ada = new Uuid7(Clock.systemUTC()).mint();
  private final UUID grace = new Uuid7(Clock.systemUTC()).mint();
  private final Conversation conversation = Conversation.direct(ada, grace);
  private final Instant start = beforeADayOfAWindow();
  private final MovableClock clock = new MovableClock(start);

  /** Not before the store's present, which dates the changes of slices. */
  private static Instant beforeADayOfAWindow() {
    Instant present = Clock.systemUTC().instant();
    long left = SliceWindow.LENGTH - Math.floorMod(present.toEpochMilli(), SliceWindow.LENGTH);
    return left > DAY.plusHours(2).toMillis() ? present : present.plus(DAY.multipliedBy(2));
  }

  @Test
  void messagesOfADay_leaveNoLargePartitionAndNoTombstones() throws Exception {
    writeADay();
    CassandraFlush.of(stores.real().cassandraPid());

    assertThat(figures("max_partition_size", "mebibytes")).as("mebibytes of the largest partition")
      .containsKeys("timeline", "inbox")
      .allSatisfy((_, mebibytes) -> assertThat(mebibytes).isLessThan(MOST_MEBIBYTES));
    assertThat(figures("tombstones_per_read", "max")).as("tombstones that a read has met")
      .allSatisfy((_, tombstones) -> assertThat(tombstones).isLessThan(MOST_TOMBSTONES));
    assertThat(rowsOfTimeline().values().stream().mapToLong(Long::longValue).sum())
      .isGreaterThanOrEqualTo(MESSAGES);
    assertThat(rowsOfTimeline()).as("rows of the partitions of the timeline")
      .allSatisfy((_, rows) -> assertThat(rows).isLessThan(MOST_ROWS));
  }

  private void writeADay() throws Exception {
    Duration step = DAY.multipliedBy(AT_ONCE).dividedBy(MESSAGES);
    Instant knownSince = Instant.EPOCH;
    Pod pod = new Pod(stores.cassandra(), clock, 1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int sent = 0; sent < MESSAGES; sent += AT_ONCE) {
        clock.advance(step);
        if (knownSince.plus(REMEMBERED).isBefore(clock.instant())) {
          pod.close();
          pod = new Pod(stores.cassandra(), clock, sent);
          knownSince = clock.instant();
        }
        Pod present = pod;
        Callable<SendResult> send = () -> present.log
          .append(
              new Draft(conversation, ada, "See you at the usual place at noon", "text/plain", null, null),
              present.ids.mint());
        for (Future<SendResult> each : threads.invokeAll(Collections.nCopies(AT_ONCE, send))) {
          SendResult _ = each.get();
        }
      }
    } finally {
      pod.close();
    }
  }

  /** A figure of each table of this keyspace, from a table of Cassandra's own. */
  private static Map<String, Long> figures(String view, String column) {
    Map<String, Long> figures = new HashMap<>();
    stores.session()
      .execute("SELECT keyspace_name, table_name, " + column + " FROM system_views." + view)
      .forEach(row -> {
        if (stores.real().keyspace().equals(row.getString("keyspace_name"))) {
          Object figure = Objects.requireNonNull(row.getObject(column)); // bigint or double
          figures.put(String.valueOf(row.getString("table_name")), ((Number) figure).longValue());
        }
      });
    return figures;
  }

  private Map<Long, Long> rowsOfTimeline() {
    List<Long> slices = stores.session()
      .execute("SELECT slice FROM conversations WHERE conversation_id = ?", conversation.id())
      .map(row -> row.getLong("slice"))
      .all();
    Map<Long, Long> rows = new HashMap<>();
    slices.forEach(slice -> rows.put(slice,
        count("timeline WHERE conversation_id = ? AND slice = ?", conversation.id(), slice)));
    return rows;
  }

  private static long count(String of, Object... key) {
    var row = stores.session()
      .execute(SimpleStatement.newInstance("SELECT count(*) FROM " + of, key).setTimeout(PATIENCE))
      .one();
    return row == null ? 0 : row.getLong(0);
  }
}
