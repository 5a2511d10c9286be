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
 * The outbox table: messages that are stored but may not be in their members' inboxes in time. Each message's batch
 * writes an outbox row beside the inbox rows. If the store acknowledged the batch in time, this process deletes the
 * row some seconds later, a whole bucket of 10 s at once. Otherwise the row stays until the sweep has entered the
 * message again.
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
  private final Cql insertPartition;
  private final Cql select;
  private final Cql selectPartitions;
  private final Cql deletePartitionList;
  private final Cql deleteRow;
  private final Cql deletePartition;
  private final ConcurrentHashMap<Long, OutboxPartition> partitions = new ConcurrentHashMap<>();
  private volatile boolean closing;

  public Outbox(Cassandra cassandra, Inbox inbox, Uuid7 ids, RandomGenerator random) {
    this.cassandra = cassandra;
    this.inbox = inbox;
    this.ids = ids;
    this.number = random.nextInt();
    this.insert = cassandra.cql("INSERT INTO outbox (bucket, lane, position, conversation_id, id, members)"
        + " VALUES (?, ?, ?, ?, ?, ?) USING TIMESTAMP ?");
    this.insertPartition = cassandra.cql("INSERT INTO outbox_lanes (bucket, lane) VALUES (?, ?)");
    this.select = cassandra
      .cql("SELECT position, conversation_id, id, members FROM outbox WHERE bucket = ? AND lane = ?");
    this.selectPartitions = cassandra.cql("SELECT bucket, lane FROM outbox_lanes WHERE bucket IN ?");
    this.deletePartitionList = cassandra.cql("DELETE FROM outbox_lanes WHERE bucket = ?");
    this.deleteRow = cassandra
      .cql("DELETE FROM outbox USING TIMESTAMP ? WHERE bucket = ? AND lane = ? AND position = ?");
    this.deletePartition = cassandra
      .cql("DELETE FROM outbox USING TIMESTAMP ? WHERE bucket = ? AND lane = ?");
  }

  /** Begins an attempt to write a message, with a position of this moment. The caller must close the attempt. */
  public WriteAttempt open() {
    if (closing) {
      throw new Unavailable("The server is stopping.");
    }
    cassandra.requireClockAgreement();
    while (true) {
      long startedNanos = System.nanoTime(); // before minting: a suspension between the two must count as late
      UUID position = ids.mint();
      OutboxPartition partition = partitions.computeIfAbsent(bucket(Uuid7.millis(position)),
          this::openPartition);
      if (partition.enter()) {
        return new WriteAttempt(partition, position, startedNanos);
      }
    }
  }

  /** The statements of an attempt: every member's inbox row, and the outbox row, which survives a crash. */
  public List<BatchableStatement<?>> rows(WriteAttempt attempt, UUID conversation, List<UUID> members,
      UUID id) {
    OutboxPartition partition = attempt.partition();
    UUID position = attempt.position();
    List<BatchableStatement<?>> rows = new ArrayList<>();
    for (UUID member : members) {
      rows.add(inbox.insert(member, position, conversation, id));
    }
    rows
      .add(insert.bind(partition.bucket(), partition.number(), position, conversation, id, members,
          timestamp(position)));
    if (!partition.registered()) {
      rows.add(insertPartition.bind(partition.bucket(), partition.number()));
    }
    return rows;
  }

  /**
   * Writes an attempt's batch.
   *
   * @throws Unavailable if the outcome is not known, or if the store acknowledged the batch so late that readers may
   *     have passed its positions; the caller has to write the same message again in another attempt
   */
  public void commit(WriteAttempt attempt, List<BatchableStatement<?>> rows) {
    cassandra.execute(BatchStatement.newInstance(DefaultBatchType.LOGGED, rows).setIdempotent(true));
    cassandra.requireClockAgreement(); // if the machine was suspended meanwhile, its monotonic clock stood still, too
    if (!attempt.acknowledge()) {
      throw new Unavailable("The message was stored too late to be found at once.");
    }
  }

  /** A row of the outbox: a message that may not have reached its members' inboxes in time. */
  public record Entry(long bucket, int partition, UUID position, UUID conversation, UUID id,
      List<UUID> members) {}

  /** The partitions of the given buckets. A bucket without partitions is missing. */
  public Map<Long, List<Integer>> partitions(List<Long> buckets) {
    return cassandra.all(selectPartitions.bind(buckets))
      .stream()
      .collect(Collectors.groupingBy(row -> row.getLong("bucket"),
          Collectors.mapping(row -> row.getInt("lane"), Collectors.toList())));
  }

  /** The rows of a partition. */
  public List<Entry> entries(long bucket, int partition) {
    return cassandra.all(select.bind(bucket, partition))
      .stream()
      .map(row -> new Entry(bucket, partition, present(row.getUuid("position")),
          present(row.getUuid("conversation_id")),
          present(row.getUuid("id")), present(row.getList("members", UUID.class))))
      .toList();
  }

  /** Deletes a row of any process. */
  public void delete(Entry entry) {
    cassandra.execute(deleteRow(entry.bucket(), entry.partition(), entry.position()));
  }

  /** Deletes the list of a bucket's partitions. Only call this when no row can appear in the bucket any more. */
  public void deletePartitions(long bucket) {
    cassandra.execute(deletePartitionList.bind(bucket));
  }

  /** The bucket of a time in milliseconds. */
  public static long bucket(long millis) {
    return Math.floorDiv(millis, BUCKET_MILLIS);
  }

  private BatchableStatement<?> deleteRow(long bucket, int partition, UUID position) {
    return deleteRow.bind(timestamp(position), bucket, partition, position);
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

  private OutboxPartition openPartition(long bucket) {
    OutboxPartition partition = new OutboxPartition(bucket, number);
    Thread.ofVirtual().name("outbox-" + bucket).start(() -> retire(partition));
    return partition;
  }

  private void retire(OutboxPartition partition) {
    try {
      Thread.sleep(Duration.ofMillis(BUCKET_MILLIS * 3 / 2));
      partition.awaitEmpty();
      delete(partition);
      partitions.remove(partition.bucket());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.debug("a lane of the outbox stays for the sweep", e);
    }
  }

  private void delete(OutboxPartition partition) {
    if (partition.retire()) {
      long end = (partition.bucket() + 1) * BUCKET_MILLIS * 1_000;
      cassandra.execute(deletePartition.bind(end, partition.bucket(), partition.number()));
      return;
    }
    List<UUID> acknowledged = partition.acknowledged();
    for (int i = 0; i < acknowledged.size(); i += DELETED_AT_ONCE) {
      List<BatchableStatement<?>> some = new ArrayList<>();
      for (UUID position : acknowledged.subList(i, Math.min(acknowledged.size(), i + DELETED_AT_ONCE))) {
        some.add(deleteRow(partition.bucket(), partition.number(), position));
      }
      cassandra.execute(BatchStatement.newInstance(DefaultBatchType.UNLOGGED, some).setIdempotent(true));
    }
  }

  /** Deletes the rows whose batch was acknowledged in time. Only call this when no attempt is open any more. */
  @Override
  public void close() {
    closing = true;
    for (OutboxPartition partition : partitions.values()) {
      try {
        delete(partition);
      } catch (RuntimeException e) {
        log.debug("a lane of the outbox stays for the sweep", e);
      }
    }
  }
}
