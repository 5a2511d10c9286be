package dev.knatter.chat.pending;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import dev.knatter.shared.Chunks;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table of work that may not be finished. A row is written in the batch of what the work is about, so it survives a crash.
 * The process that wrote it deletes it some seconds after the work is finished, a whole bucket of 10 s at once. Otherwise the
 * row stays until a {@link PendingSweep} has finished the work.
 *
 * <p>The table has the primary key {@code ((bucket, lane), position)}; a lane is one process during one bucket. A second table,
 * {@code (bucket, lane)}, lists the lanes of each bucket.
 */
public final class PendingTable implements AutoCloseable {
  private static final long BUCKET_MILLIS = 10_000;
  private static final int DELETED_AT_ONCE = 100;
  private static final Logger log = LoggerFactory.getLogger(PendingTable.class);

  private final Cassandra cassandra;
  private final Uuid7 ids;
  private final int number;
  private final Cql insertPartition;
  private final Cql selectPartitions;
  private final Cql deletePartitionList;
  private final Cql deleteRow;
  private final Cql deletePartition;
  private final ConcurrentHashMap<Long, PendingPartition> partitions = new ConcurrentHashMap<>();
  private volatile boolean closing;

  public PendingTable(Cassandra cassandra, Uuid7 ids, RandomGenerator random, String table,
      String laneTable) {
    this.cassandra = cassandra;
    this.ids = ids;
    this.number = random.nextInt();
    this.insertPartition = cassandra.cql("INSERT INTO " + laneTable + " (bucket, lane) VALUES (?, ?)");
    this.selectPartitions = cassandra.cql("SELECT bucket, lane FROM " + laneTable + " WHERE bucket IN ?");
    this.deletePartitionList = cassandra.cql("DELETE FROM " + laneTable + " WHERE bucket = ?");
    this.deleteRow = cassandra
      .cql("DELETE FROM " + table + " USING TIMESTAMP ? WHERE bucket = ? AND lane = ? AND position = ?");
    this.deletePartition = cassandra
      .cql("DELETE FROM " + table + " USING TIMESTAMP ? WHERE bucket = ? AND lane = ?");
  }

  /** Opens a row, with a position of this moment. */
  public PendingRow open() {
    if (closing) {
      throw new Unavailable("The server is stopping.");
    }
    while (true) {
      UUID position = ids.mint();
      PendingPartition partition = partitions.computeIfAbsent(bucket(Uuid7.millis(position)),
          this::openPartition);
      if (partition.enter()) {
        return new PendingRow(partition, position);
      }
    }
  }

  /**
   * Writes a row before the work that it is about. The caller must close what this returns.
   *
   * @param statements what the batch writes for the opened row, with its {@link #registration}
   */
  public Intent announce(Function<PendingRow, List<BatchableStatement<?>>> statements) {
    PendingRow row = open();
    try {
      cassandra.execute(
          BatchStatement.newInstance(DefaultBatchType.LOGGED, statements.apply(row)).setIdempotent(true));
      return new Intent(row);
    } catch (RuntimeException e) {
      row.leave(/* isFinished= */ false);
      throw e;
    }
  }

  /** The statements that lead the sweep to a row's partition. They belong in the batch that writes the row. */
  public List<BatchableStatement<?>> registration(PendingRow row) {
    return row.isPartitionRegistered() ? List.of() : List.of(insertPartition.bind(row.bucket(), row.lane()));
  }

  /** The lanes of the given buckets. A bucket without any is missing. */
  public Map<Long, List<Integer>> lanes(List<Long> buckets) {
    return cassandra.all(selectPartitions.bind(buckets))
      .stream()
      .collect(Collectors.groupingBy(row -> row.getLong("bucket"),
          Collectors.mapping(row -> row.getInt("lane"), Collectors.toList())));
  }

  /** Deletes a row of any process. */
  public void delete(long bucket, int lane, UUID position) {
    cassandra.execute(deleteRow(bucket, lane, position));
  }

  /** Deletes the list of a bucket's lanes. Only call this when no row can appear in the bucket any more. */
  void deleteLanes(long bucket) {
    cassandra.execute(deletePartitionList.bind(bucket));
  }

  /** The bucket of a time in milliseconds. */
  public static long bucket(long millis) {
    return Math.floorDiv(millis, BUCKET_MILLIS);
  }

  /** The write time of a row, in microseconds: it must not be later than that of the row's deletion. */
  public static long timestamp(UUID position) {
    return Uuid7.millis(position) * 1_000;
  }

  private BatchableStatement<?> deleteRow(long bucket, int lane, UUID position) {
    return deleteRow.bind(timestamp(position), bucket, lane, position);
  }

  private PendingPartition openPartition(long bucket) {
    PendingPartition partition = new PendingPartition(bucket, number);
    Thread.ofVirtual().name("pending-" + bucket).start(() -> retire(partition));
    return partition;
  }

  private void retire(PendingPartition partition) {
    try {
      Thread.sleep(Duration.ofMillis(BUCKET_MILLIS * 3 / 2));
      partition.awaitEmpty();
      delete(partition);
      partitions.remove(partition.bucket());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.debug("finished rows stay for the sweep", e);
    }
  }

  private void delete(PendingPartition partition) {
    if (partition.retire()) {
      long end = (partition.bucket() + 1) * BUCKET_MILLIS * 1_000;
      cassandra.execute(deletePartition.bind(end, partition.bucket(), partition.number()));
      return;
    }
    for (List<UUID> positions : Chunks.of(partition.finished(), DELETED_AT_ONCE)) {
      List<BatchableStatement<?>> some = new ArrayList<>();
      for (UUID position : positions) {
        some.add(deleteRow(partition.bucket(), partition.number(), position));
      }
      cassandra.execute(BatchStatement.newInstance(DefaultBatchType.UNLOGGED, some).setIdempotent(true));
    }
  }

  /** Deletes the finished rows. Only call this when no row is open any more. */
  @Override
  public void close() {
    closing = true;
    for (PendingPartition partition : partitions.values()) {
      try {
        delete(partition);
      } catch (RuntimeException e) {
        log.debug("finished rows stay for the sweep", e);
      }
    }
  }
}
