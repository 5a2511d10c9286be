package dev.knatter.chat.inbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is committed and not yet known to be delivered. Each message's batch holds an outbox row beside its inbox
 * rows; the row goes when the batch was acknowledged in time, and otherwise stays until the sweep has entered the
 * message anew. Rows whose batch was acknowledged in time are deleted some seconds later, a bucket at a time.
 */
public final class Outbox implements AutoCloseable {
  private static final long BUCKET_MILLIS = 10_000;
  private static final int DELETED_AT_ONCE = 100;
  private static final Logger log = LoggerFactory.getLogger(Outbox.class);

  private final Cassandra cassandra;
  private final Inbox inbox;
  private final Uuid7 ids;
  private final int number;
  private final Cql insert;
  private final Cql insertLane;
  private final Cql select;
  private final Cql selectLanes;
  private final Cql deleteLanes;
  private final Cql deleteRow;
  private final Cql deleteLane;
  private final ConcurrentHashMap<Long, OutboxPartition> lanes = new ConcurrentHashMap<>();
  private volatile boolean closing;

  public Outbox(Cassandra cassandra, Inbox inbox, Uuid7 ids, RandomGenerator random) {
    this.cassandra = cassandra;
    this.inbox = inbox;
    this.ids = ids;
    this.number = random.nextInt();
    this.insert = cassandra.cql("INSERT INTO outbox (bucket, lane, position, conversation_id, id, members)"
        + " VALUES (?, ?, ?, ?, ?, ?) USING TIMESTAMP ?");
    this.insertLane = cassandra.cql("INSERT INTO outbox_lanes (bucket, lane) VALUES (?, ?)");
    this.select = cassandra
      .cql("SELECT position, conversation_id, id, members FROM outbox WHERE bucket = ? AND lane = ?");
    this.selectLanes = cassandra.cql("SELECT bucket, lane FROM outbox_lanes WHERE bucket IN ?");
    this.deleteLanes = cassandra.cql("DELETE FROM outbox_lanes WHERE bucket = ?");
    this.deleteRow = cassandra
      .cql("DELETE FROM outbox USING TIMESTAMP ? WHERE bucket = ? AND lane = ? AND position = ?");
    this.deleteLane = cassandra.cql("DELETE FROM outbox USING TIMESTAMP ? WHERE bucket = ? AND lane = ?");
  }

  /** Begins an attempt; its position is of this moment. Close the attempt whatever comes of it. */
  public WriteAttempt open() {
    if (closing) {
      throw new Unavailable("The server is stopping.");
    }
    cassandra.requireClockAgreement();
    while (true) {
      long startedNanos = System.nanoTime(); // before minting: a stop between the two must count as late
      UUID position = ids.mint();
      OutboxPartition lane = lanes.computeIfAbsent(bucket(Uuid7.millis(position)), this::begin);
      if (lane.enter()) {
        return new WriteAttempt(lane, position, startedNanos);
      }
    }
  }

  /** What an attempt writes: the inbox row of every member, and the outbox row that outlives a crash. */
  public List<BatchableStatement<?>> rows(WriteAttempt attempt, UUID conversation, List<UUID> members,
      UUID id) {
    OutboxPartition lane = attempt.lane();
    UUID position = attempt.position();
    List<BatchableStatement<?>> rows = new ArrayList<>();
    for (UUID member : members) {
      rows.add(inbox.insert(member, position, conversation, id));
    }
    rows
      .add(insert.bind(lane.bucket(), lane.number(), position, conversation, id, members,
          timestamp(position)));
    if (!lane.known()) {
      rows.add(insertLane.bind(lane.bucket(), lane.number()));
    }
    return rows;
  }

  /**
   * Writes an attempt's batch.
   *
   * @throws Unavailable where the outcome is not known, or the store acknowledged it so late that readers may have passed the
   *     place: the same message has to be written again, under another attempt
   */
  public void commit(WriteAttempt attempt, List<BatchableStatement<?>> rows) {
    cassandra.execute(BatchStatement.newInstance(DefaultBatchType.LOGGED, rows).setIdempotent(true));
    cassandra.requireClockAgreement(); // a machine that was suspended meanwhile has a monotonic clock that was, too
    if (!attempt.acknowledge()) {
      throw new Unavailable("The message was stored too late to be found at once.");
    }
  }

  /** One row of the outbox: a message that is not known to have reached its members' inboxes in time. */
  public record Entry(long bucket, int lane, UUID position, UUID conversation, UUID id, List<UUID> members) {}

  /** The lanes of some buckets, of those that have any. */
  public Map<Long, List<Integer>> lanes(List<Long> buckets) {
    return cassandra.all(selectLanes.bind(buckets))
      .stream()
      .collect(Collectors.groupingBy(row -> row.getLong("bucket"),
          Collectors.mapping(row -> row.getInt("lane"), Collectors.toList())));
  }

  /** What is left in a lane. */
  public List<Entry> entries(long bucket, int lane) {
    return cassandra.all(select.bind(bucket, lane))
      .stream()
      .map(row -> new Entry(bucket, lane, present(row.getUuid("position")),
          present(row.getUuid("conversation_id")),
          present(row.getUuid("id")), present(row.getList("members", UUID.class))))
      .toList();
  }

  /** Removes one row, of this process or of another. */
  public void delete(Entry entry) {
    cassandra.execute(deleteRow(entry.bucket(), entry.lane(), entry.position()));
  }

  /** Forgets which lanes a bucket had, once nothing can land in it any more. */
  public void forgetLanes(long bucket) {
    cassandra.execute(deleteLanes.bind(bucket));
  }

  /** The bucket of a moment, in milliseconds. */
  public static long bucket(long millis) {
    return Math.floorDiv(millis, BUCKET_MILLIS);
  }

  private BatchableStatement<?> deleteRow(long bucket, int lane, UUID position) {
    return deleteRow.bind(timestamp(position), bucket, lane, position);
  }

  private static <T> T present(@Nullable T column) {
    if (column == null) {
      throw new IllegalStateException("a row of the outbox is not whole");
    }
    return column;
  }

  private static long timestamp(UUID position) {
    return Uuid7.millis(position) * 1_000;
  }

  private OutboxPartition begin(long bucket) {
    OutboxPartition lane = new OutboxPartition(bucket, number);
    Thread.ofVirtual().name("outbox-" + bucket).start(() -> retire(lane));
    return lane;
  }

  private void retire(OutboxPartition lane) {
    try {
      Thread.sleep(Duration.ofMillis(BUCKET_MILLIS * 3 / 2));
      lane.awaitEmpty();
      delete(lane);
      lanes.remove(lane.bucket());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.debug("a lane of the outbox stays for the sweep", e);
    }
  }

  private void delete(OutboxPartition lane) {
    if (lane.retire()) {
      long end = (lane.bucket() + 1) * BUCKET_MILLIS * 1_000;
      cassandra.execute(deleteLane.bind(end, lane.bucket(), lane.number()));
      return;
    }
    List<UUID> done = lane.done();
    for (int i = 0; i < done.size(); i += DELETED_AT_ONCE) {
      List<BatchableStatement<?>> some = new ArrayList<>();
      for (UUID position : done.subList(i, Math.min(done.size(), i + DELETED_AT_ONCE))) {
        some.add(deleteRow(lane.bucket(), lane.number(), position));
      }
      cassandra.execute(BatchStatement.newInstance(DefaultBatchType.UNLOGGED, some).setIdempotent(true));
    }
  }

  /** Deletes the rows whose batch was acknowledged in time. To be called when no attempt is under way any more. */
  @Override
  public void close() {
    closing = true;
    for (OutboxPartition lane : lanes.values()) {
      try {
        delete(lane);
      } catch (RuntimeException e) {
        log.debug("a lane of the outbox stays for the sweep", e);
      }
    }
  }
}
