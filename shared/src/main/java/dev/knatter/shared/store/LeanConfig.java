package dev.knatter.shared.store;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import com.datastax.oss.driver.api.core.config.DriverConfig;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import com.datastax.oss.driver.api.core.config.DriverOption;
import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.internal.core.config.map.MapBasedDriverExecutionProfile;

/** A configuration of the driver that never changes and has one profile, so that nothing need be compared at a start. */
final class LeanConfig implements DriverConfigLoader, DriverConfig {
  private final DriverExecutionProfile only;

  LeanConfig(Map<DriverOption, Object> options) {
    only = new MapBasedDriverExecutionProfile(DriverExecutionProfile.DEFAULT_NAME, options, Map.of()) {
      // The driver makes one policy for all profiles whose options are the same. By itself it would sort them all.
      @Override
      public Object getComparisonKey(DriverOption option) {
        return option;
      }
    };
  }

  @Override
  public DriverConfig getInitialConfig() {
    return this;
  }

  @Override
  public DriverExecutionProfile getProfile(String profileName) {
    if (!profileName.equals(DriverExecutionProfile.DEFAULT_NAME)) {
      throw new IllegalArgumentException("There is no profile " + profileName + ".");
    }
    return only;
  }

  @Override
  public Map<String, DriverExecutionProfile> getProfiles() {
    return Map.of(DriverExecutionProfile.DEFAULT_NAME, only);
  }

  @Override
  public void onDriverInit(DriverContext context) {}

  @Override
  public boolean supportsReloading() {
    return false;
  }

  @Override
  public CompletionStage<Boolean> reload() {
    return CompletableFuture.completedFuture(false);
  }

  @Override
  public void close() {}
}
