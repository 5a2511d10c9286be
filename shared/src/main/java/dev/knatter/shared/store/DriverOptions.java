package dev.knatter.shared.store;

import java.time.Duration;

import com.datastax.oss.driver.api.core.config.OptionsMap;
import com.datastax.oss.driver.api.core.config.TypedDriverOption;

/** The options of the driver that differ from its defaults. Only this class sets the consistency levels of the product. */
final class DriverOptions {
  private DriverOptions() {}

  static OptionsMap create() {
    OptionsMap options = OptionsMap.driverDefaults();
    options.put(TypedDriverOption.PROTOCOL_VERSION, "V5");
    options.put(TypedDriverOption.REQUEST_CONSISTENCY, "LOCAL_QUORUM");
    options.put(TypedDriverOption.REQUEST_SERIAL_CONSISTENCY, "SERIAL");
    options.put(TypedDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(2));
    options.put(TypedDriverOption.REQUEST_WARN_IF_SET_KEYSPACE, false);
    // One connection carries thousands of requests at once.
    options.put(TypedDriverOption.CONNECTION_POOL_LOCAL_SIZE, 1);
    options.put(TypedDriverOption.CONNECTION_MAX_REQUESTS, 4_096);
    options.put(TypedDriverOption.CONNECTION_CONNECT_TIMEOUT, Duration.ofSeconds(2));
    options.put(TypedDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, Duration.ofSeconds(2));
    options.put(TypedDriverOption.HEARTBEAT_INTERVAL, Duration.ofSeconds(5));
    options.put(TypedDriverOption.HEARTBEAT_TIMEOUT, Duration.ofSeconds(2));
    options.put(TypedDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(200));
    options.put(TypedDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(2));
    // When Cassandra sends a warning, the driver logs the statement, which holds the text of a message.
    options.put(TypedDriverOption.REQUEST_LOG_WARNINGS, false);
    // The native clock needs a library that the product excludes. A write whose timestamp matters sets it in its statement.
    options.put(TypedDriverOption.TIMESTAMP_GENERATOR_FORCE_JAVA_CLOCK, true);
    // CassandraConnection logs why the store is away.
    options.put(TypedDriverOption.CONNECTION_WARN_INIT_ERROR, false);
    options.put(TypedDriverOption.SESSION_LEAK_THRESHOLD, 0);
    // The product does not read metadata, and no node takes reports about the driver.
    options.put(TypedDriverOption.METADATA_SCHEMA_ENABLED, false);
    options.put(TypedDriverOption.METADATA_TOKEN_MAP_ENABLED, false);
    options.put(TypedDriverOption.MONITOR_REPORTING_ENABLED, false);
    options.put(TypedDriverOption.PREPARE_ON_ALL_NODES, false);
    options.put(TypedDriverOption.NETTY_IO_SIZE, 1);
    options.put(TypedDriverOption.NETTY_ADMIN_SIZE, 1);
    options.put(TypedDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0);
    options.put(TypedDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0);
    return options;
  }
}
