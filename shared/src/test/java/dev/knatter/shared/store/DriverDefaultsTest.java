package dev.knatter.shared.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import com.datastax.oss.driver.api.core.config.OptionsMap;
import org.junit.jupiter.api.Test;

final class DriverDefaultsTest {
  private static final Pattern NOBODY_ASKS = Pattern.compile(
      ".*\\b(graph|continuous-paging|monitor-reporting|metrics\\.(session|node)\\.[a-z-]+\\.[a-z-]+)\\b.*");

  private static Map<String, Object> of(DriverConfigLoader loader) {
    DriverExecutionProfile profile = loader.getInitialConfig().getDefaultProfile();
    return profile.entrySet()
      .stream()
      .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, TreeMap::new));
  }

  /** Also after the driver's next release, which may add some. */
  @Test
  void defaults_areTheDrivers_butForWhatWeSetOrNobodyAsksFor() {
    Map<String, Object> drivers = of(DriverConfigLoader.fromMap(OptionsMap.driverDefaults()));
    Map<String, Object> ours = of(new LeanConfig(DriverDefaults.map()));
    Map<String, Object> set = of(new LeanConfig(DriverOptions.lean()));
    assertThat(drivers).containsAllEntriesOf(ours);
    drivers.keySet().removeIf(option -> NOBODY_ASKS.matcher(option).matches());
    assertThat(set.keySet()).containsAll(drivers.keySet());
  }
}
