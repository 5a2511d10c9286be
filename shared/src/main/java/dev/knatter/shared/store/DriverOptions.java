package dev.knatter.shared.store;

import java.time.Duration;
import java.util.Map;

import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverOption;

/**
 * How the driver is set. Built in code, because reading its configuration files is a tenth of a cold start; the
 * consistency levels of the whole product stand here and nowhere else.
 */
final class DriverOptions {
  private DriverOptions() {}

  static Map<DriverOption, Object> lean() {
    Map<DriverOption, Object> options = DriverDefaults.map();
    options.put(DefaultDriverOption.PROTOCOL_VERSION, "V5");
    options.put(DefaultDriverOption.REQUEST_CONSISTENCY, "LOCAL_QUORUM");
    options.put(DefaultDriverOption.REQUEST_SERIAL_CONSISTENCY, "SERIAL");
    options.put(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(2));
    options.put(DefaultDriverOption.REQUEST_WARN_IF_SET_KEYSPACE, false);
    // One connection carries 32k requests; a second one would only cost cold start.
    options.put(DefaultDriverOption.CONNECTION_POOL_LOCAL_SIZE, 1);
    options.put(DefaultDriverOption.CONNECTION_MAX_REQUESTS, 4_096);
    options.put(DefaultDriverOption.CONNECTION_CONNECT_TIMEOUT, Duration.ofSeconds(2));
    options.put(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, Duration.ofSeconds(2));
    options.put(DefaultDriverOption.HEARTBEAT_INTERVAL, Duration.ofSeconds(5));
    options.put(DefaultDriverOption.HEARTBEAT_TIMEOUT, Duration.ofSeconds(2));
    options.put(DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(200));
    options.put(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(2));
    // With a warning of the store's the driver logs the statement, and with it what somebody wrote to somebody.
    options.put(DefaultDriverOption.REQUEST_LOG_WARNINGS, false);
    // Writes whose time matters carry it themselves; the native clock would be a library to unpack and load.
    options.put(DefaultDriverOption.TIMESTAMP_GENERATOR_FORCE_JAVA_CLOCK, true);
    // That a store is away is said once, by us.
    options.put(DefaultDriverOption.CONNECTION_WARN_INIT_ERROR, false);
    options.put(DefaultDriverOption.SESSION_LEAK_THRESHOLD, 0);
    // We ask by name and never by metadata; each of these is a query or a thread at start.
    options.put(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false);
    options.put(DefaultDriverOption.METADATA_TOKEN_MAP_ENABLED, false);
    options.put(DefaultDriverOption.PREPARE_ON_ALL_NODES, false);
    options.put(DefaultDriverOption.NETTY_IO_SIZE, 1);
    options.put(DefaultDriverOption.NETTY_ADMIN_SIZE, 1);
    options.put(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0);
    options.put(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0);
    return options;
  }
}
