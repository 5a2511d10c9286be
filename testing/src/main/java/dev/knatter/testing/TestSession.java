package dev.knatter.testing;

import java.net.InetSocketAddress;
import java.time.Duration;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;

/** Opens the driver's session for assertions. */
final class TestSession {
  /** The builds of other modules may keep the machine busy. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private TestSession() {}

  static CqlSession open(BuildCassandra node) {
    int colon = node.contactPoint().lastIndexOf(':');
    return CqlSession.builder()
      .addContactPoint(new InetSocketAddress(node.contactPoint().substring(0, colon),
          Integer.parseInt(node.contactPoint().substring(colon + 1))))
      .withLocalDatacenter(node.datacenter())
      .withConfigLoader(DriverConfigLoader.programmaticBuilder()
        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, PATIENCE)
        .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, PATIENCE)
        .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, PATIENCE)
        .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
        // Otherwise each test class would wait two seconds until the threads end.
        .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
        .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
        .build())
      .build();
  }
}
