package dev.knatter.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The configuration of a single node on loopback. The limits of batches, partitions and tombstones are Cassandra's
 * defaults, so that code that works here works in a cluster. The number of request threads is smaller: on a small machine,
 * Cassandra's 128 threads mostly wake each other.
 *
 * @param temporary whether nobody needs the data after the node has ended
 * @param more      further lines of the file
 */
record CassandraYaml(Path data, int port, int storagePort, boolean temporary, List<String> more) {
  private static final int THREADS_PER_PROCESSOR = 2;
  /** A write waits for the disk on the thread of its request, so this is also the number of writes at once. */
  private static final int THREADS_THAT_WAIT = 32;
  /**
   * A write is on disk before it is acknowledged, because no other node has it. Writes that wait at the same time share a
   * sync.
   */
  private static final String BEFORE_THE_ANSWER = "commitlog_sync: batch";
  /** Tests run faster, and a SIGKILL loses the writes of the last moments. */
  private static final String SOON = "commitlog_sync: periodic\ncommitlog_sync_period: 1s";

  Path write() throws IOException {
    return Files.writeString(data.resolve("cassandra.yaml"), """
        cluster_name: knatter
        partitioner: org.apache.cassandra.dht.Murmur3Partitioner
        endpoint_snitch: SimpleSnitch
        dynamic_snitch: false
        num_tokens: 1
        auto_bootstrap: false
        listen_address: 127.0.0.1
        storage_port: %2$d
        rpc_address: 127.0.0.1
        native_transport_port: %1$d
        start_native_transport: true
        native_transport_max_threads: %4$d
        seed_provider:
          - class_name: org.apache.cassandra.locator.SimpleSeedProvider
            parameters:
              - seeds: "127.0.0.1:%2$d"
        data_file_directories:
          - "%3$s/data"
        commitlog_directory: "%3$s/commitlog"
        saved_caches_directory: "%3$s/saved_caches"
        hints_directory: "%3$s/hints"
        cdc_raw_directory: "%3$s/cdc_raw"
        %5$s
        commitlog_segment_size: 16MiB
        auto_snapshot: false
        incremental_backups: false
        disk_failure_policy: die
        commit_failure_policy: die
        %6$s
        """.formatted(port, storagePort, quoted(data),
        temporary ? THREADS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors() : THREADS_THAT_WAIT,
        temporary ? SOON : BEFORE_THE_ANSWER,
        String.join("\n", more)));
  }

  private static String quoted(Path path) {
    return path.toString().replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
