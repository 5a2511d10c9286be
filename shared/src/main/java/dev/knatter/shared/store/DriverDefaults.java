package dev.knatter.shared.store;

import static com.datastax.oss.driver.api.core.config.DefaultDriverOption.*;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.datastax.oss.driver.api.core.config.DriverOption;

/**
 * What the driver wants to be told besides what we set: the values of its own reference configuration, which a test
 * compares them with. Its {@code OptionsMap} knows them too, but has a generic type for each option, and making those
 * is a twentieth of a cold start. Left out is what nobody asks for: DataStax Enterprise, graphs, histograms.
 */
final class DriverDefaults {
  private DriverDefaults() {}

  static Map<DriverOption, Object> map() {
    Map<DriverOption, Object> map = new HashMap<>();
    map.put(REQUEST_PAGE_SIZE, 5_000);
    map.put(REQUEST_DEFAULT_IDEMPOTENCE, false);
    map.put(LOAD_BALANCING_POLICY_CLASS, "DefaultLoadBalancingPolicy");
    map.put(LOAD_BALANCING_POLICY_SLOW_AVOIDANCE, true);
    map.put(CONNECTION_SET_KEYSPACE_TIMEOUT, Duration.ofSeconds(5));
    map.put(CONNECTION_POOL_REMOTE_SIZE, 1);
    map.put(CONNECTION_MAX_ORPHAN_REQUESTS, 256);
    map.put(RECONNECT_ON_INIT, false);
    map.put(RECONNECTION_POLICY_CLASS, "ExponentialReconnectionPolicy");
    map.put(RETRY_POLICY_CLASS, "DefaultRetryPolicy");
    map.put(SPECULATIVE_EXECUTION_POLICY_CLASS, "NoSpeculativeExecutionPolicy");
    map.put(TIMESTAMP_GENERATOR_CLASS, "AtomicTimestampGenerator");
    map.put(TIMESTAMP_GENERATOR_DRIFT_WARNING_THRESHOLD, Duration.ofSeconds(1));
    map.put(TIMESTAMP_GENERATOR_DRIFT_WARNING_INTERVAL, Duration.ofSeconds(10));
    map.put(REQUEST_THROTTLER_CLASS, "PassThroughRequestThrottler");
    map.put(ADDRESS_TRANSLATOR_CLASS, "PassThroughAddressTranslator");
    map.put(RESOLVE_CONTACT_POINTS, true);
    map.put(PROTOCOL_MAX_FRAME_LENGTH, 256L * 1024 * 1024);
    map.put(REQUEST_TRACE_ATTEMPTS, 5);
    map.put(REQUEST_TRACE_INTERVAL, Duration.ofMillis(3));
    map.put(REQUEST_TRACE_CONSISTENCY, "ONE");
    map.put(METRICS_SESSION_ENABLED, List.of());
    map.put(METRICS_FACTORY_CLASS, "DefaultMetricsFactory");
    map.put(METRICS_ID_GENERATOR_CLASS, "DefaultMetricIdGenerator");
    map.put(METRICS_NODE_ENABLED, List.of());
    map.put(METRICS_NODE_EXPIRE_AFTER, Duration.ofHours(1));
    map.put(SOCKET_TCP_NODELAY, true);
    map.put(METADATA_TOPOLOGY_WINDOW, Duration.ofSeconds(1));
    map.put(METADATA_TOPOLOGY_MAX_EVENTS, 20);
    map.put(METADATA_SCHEMA_REFRESHED_KEYSPACES,
        List.of("!system", "!/^system_.*/", "!/^dse_.*/", "!solr_admin", "!OpsCenter"));
    map.put(METADATA_SCHEMA_REQUEST_TIMEOUT, Duration.ofSeconds(2));
    map.put(METADATA_SCHEMA_REQUEST_PAGE_SIZE, 5_000);
    map.put(METADATA_SCHEMA_WINDOW, Duration.ofSeconds(1));
    map.put(METADATA_SCHEMA_MAX_EVENTS, 20);
    map.put(CONTROL_CONNECTION_TIMEOUT, Duration.ofSeconds(5));
    map.put(CONTROL_CONNECTION_AGREEMENT_INTERVAL, Duration.ofMillis(200));
    map.put(CONTROL_CONNECTION_AGREEMENT_TIMEOUT, Duration.ofSeconds(10));
    map.put(CONTROL_CONNECTION_AGREEMENT_WARN, true);
    map.put(REPREPARE_ENABLED, true);
    map.put(REPREPARE_CHECK_SYSTEM_TABLE, false);
    map.put(REPREPARE_MAX_STATEMENTS, 0);
    map.put(REPREPARE_MAX_PARALLELISM, 100);
    map.put(REPREPARE_TIMEOUT, Duration.ofSeconds(5));
    map.put(NETTY_DAEMON, false);
    map.put(NETTY_IO_SHUTDOWN_TIMEOUT, 15);
    map.put(NETTY_IO_SHUTDOWN_UNIT, "SECONDS");
    map.put(NETTY_ADMIN_SHUTDOWN_TIMEOUT, 15);
    map.put(NETTY_ADMIN_SHUTDOWN_UNIT, "SECONDS");
    map.put(NETTY_TIMER_TICK_DURATION, Duration.ofMillis(100));
    map.put(NETTY_TIMER_TICKS_PER_WHEEL, 2_048);
    map.put(COALESCER_INTERVAL, Duration.ofNanos(10_000));
    map.put(LOAD_BALANCING_DC_FAILOVER_MAX_NODES_PER_REMOTE_DC, 0);
    map.put(LOAD_BALANCING_DC_FAILOVER_ALLOW_FOR_LOCAL_CONSISTENCY_LEVELS, false);
    map.put(METRICS_GENERATE_AGGREGABLE_HISTOGRAMS, true);
    map.put(LOAD_BALANCING_DC_FAILOVER_PREFERRED_REMOTE_DCS, List.of(""));
    return map;
  }
}
