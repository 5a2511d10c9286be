package dev.knatter.testing;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.api.core.session.ProgrammaticArguments;
import com.datastax.oss.driver.internal.core.context.DefaultDriverContext;

/** Opens the driver's session for assertions. */
final class TestSession extends CqlSessionBuilder {
  /** Other modules' builds may keep the machine busy. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private TestSession() {}

  static CqlSession open(BuildCassandra node) {
    int colon = node.contactPoint().lastIndexOf(':');
    return new TestSession()
      .addContactPoint(new InetSocketAddress(node.contactPoint().substring(0, colon),
          Integer.parseInt(node.contactPoint().substring(colon + 1))))
      .withLocalDatacenter(node.datacenter())
      .withConfigLoader(DriverConfigLoader.programmaticBuilder()
        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, PATIENCE)
        .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, PATIENCE)
        .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, PATIENCE)
        .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
        // Otherwise each test class would wait two seconds for the threads to end.
        .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
        .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
        .build())
      .build();
  }

  /**
   * The driver's own startup options need Jackson 2, which must not be on the class path of any test: a function
   * that needs it would work in its tests only.
   */
  @Override
  protected DriverContext buildContext(DriverConfigLoader configLoader, ProgrammaticArguments arguments) {
    return new DefaultDriverContext(configLoader, arguments) {
      @Override
      public Map<String, String> getStartupOptions() {
        return Map.of("CQL_VERSION", "3.0.0");
      }
    };
  }
}
