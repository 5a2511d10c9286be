package dev.knatter.local.knative;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

/** Whether the README's table of operations names every operation of docs/openapi.yaml, and its function. */
final class OperationsTableTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[A-Z]+ /[^|]+) \\| `([a-z-]+)` \\|");
  private static final Pattern OPERATION = Pattern.compile("`([A-Z]+ /[^`]*)`");

  @Test
  void table_namesEveryOperationAndItsFunction() {
    Map<String, String> listed = new TreeMap<>();
    ROW.matcher(Manifests.text(Path.of("..", "README.md")))
      .results()
      .forEach(row -> OPERATION.matcher(row.group(1))
        .results()
        .forEach(operation -> listed.put(operation.group(1), row.group(2))));
    assertThat(listed).isEqualTo(OpenApi.operations());
  }
}
