package dev.knatter.bench.floor;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.OptionsMap;
import com.datastax.oss.driver.api.core.config.TypedDriverOption;

/** Opens the driver with the options of the product. */
final class Sessions {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private Sessions() {}

  static CqlSession open(Map<String, String> env) {
    String node = Floor.require(env, "KNATTER_CASSANDRA_CONTACT_POINTS");
    int colon = node.lastIndexOf(':');
    return CqlSession.builder()
      .withConfigLoader(DriverConfigLoader.fromMap(options()))
      .addContactPoint(
          new InetSocketAddress(node.substring(0, colon), Integer.parseInt(node.substring(colon + 1))))
      .withLocalDatacenter(env.getOrDefault("KNATTER_CASSANDRA_DATACENTER", "datacenter1"))
      .withKeyspace(env.getOrDefault("KNATTER_CASSANDRA_KEYSPACE", "knatter"))
      .build();
  }

  private static OptionsMap options() {
    OptionsMap options = OptionsMap.driverDefaults();
    options.put(TypedDriverOption.PROTOCOL_VERSION, "V5");
    options.put(TypedDriverOption.REQUEST_CONSISTENCY, "LOCAL_QUORUM");
    options.put(TypedDriverOption.REQUEST_TIMEOUT, PATIENCE);
    options.put(TypedDriverOption.REQUEST_WARN_IF_SET_KEYSPACE, false);
    options.put(TypedDriverOption.CONNECTION_POOL_LOCAL_SIZE, 1);
    options.put(TypedDriverOption.CONNECTION_MAX_REQUESTS, 4_096);
    options.put(TypedDriverOption.CONNECTION_CONNECT_TIMEOUT, PATIENCE);
    options.put(TypedDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, PATIENCE);
    options.put(TypedDriverOption.TIMESTAMP_GENERATOR_FORCE_JAVA_CLOCK, true);
    options.put(TypedDriverOption.SESSION_LEAK_THRESHOLD, 0);
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
