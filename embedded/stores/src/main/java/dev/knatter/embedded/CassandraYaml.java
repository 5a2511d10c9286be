package dev.knatter.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The configuration of a single node on loopback. Limits on batches, partitions and tombstones are Cassandra's
 * own, so that what works here works in a cluster. Its threads for requests are not: 128 on a small machine
 * do little but wake each other.
 */
record CassandraYaml(Path data, int port, int storagePort) {
  private static final int THREADS_PER_PROCESSOR = 2;

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
        commitlog_sync: periodic
        commitlog_sync_period: 1s
        commitlog_segment_size: 16MiB
        auto_snapshot: false
        incremental_backups: false
        disk_failure_policy: die
        commit_failure_policy: die
        """.formatted(port, storagePort, quoted(data),
        THREADS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors()));
  }

  private static String quoted(Path path) {
    return path.toString().replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
