package dev.knatter.core.store;

import java.util.List;
import java.util.Map;

import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.api.core.session.ProgrammaticArguments;
import com.datastax.oss.driver.api.core.session.Session;
import com.datastax.oss.driver.internal.core.context.DefaultDriverContext;
import com.datastax.oss.driver.internal.core.context.LifecycleListener;

/**
 * The driver without what only costs a start: no Insights reporting, and startup options that do without the JSON
 * library that the driver would load to say how it is configured.
 */
final class LeanSessionBuilder extends CqlSessionBuilder {
  @Override
  protected DriverContext buildContext(DriverConfigLoader loader, ProgrammaticArguments arguments) {
    return new DefaultDriverContext(loader, arguments) {
      @Override
      public Map<String, String> getStartupOptions() {
        return Map.of("CQL_VERSION", "3.0.0", "DRIVER_NAME", Session.OSS_DRIVER_COORDINATES.getName(),
            "DRIVER_VERSION", Session.OSS_DRIVER_COORDINATES.getVersion().toString());
      }

      @Override
      protected List<LifecycleListener> buildLifecycleListeners() {
        return List.of();
      }
    };
  }
}
