package dev.knatter.local.knative;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.yaml.snakeyaml.Yaml;

/** What docs/openapi.yaml says of operations, without the one that every function answers. */
final class OpenApi {
  private static final String HEALTH = "GET /healthz";

  private OpenApi() {}

  /** From "POST /v1/send" to its operationId, which is the name of the function. */
  static Map<String, String> operations() {
    Map<String, String> operations = new TreeMap<>();
    read().forEach((name, operation) -> operations.put(name, String.valueOf(operation.get("operationId"))));
    return operations;
  }

  /** Those that need no token. */
  static Set<String> openOperations() {
    Set<String> open = new TreeSet<>();
    read().forEach((name, operation) -> {
      if (List.of().equals(operation.get("security"))) {
        open.add(name);
      }
    });
    return open;
  }

  private static Map<String, Map<String, Object>> read() {
    Map<String, Map<String, Map<String, Map<String, Object>>>> document = new Yaml()
      .load(Manifests.text(Path.of("..", "docs", "openapi.yaml")));
    Map<String, Map<String, Object>> operations = new TreeMap<>();
    Map<String, Map<String, Map<String, Object>>> paths = document.getOrDefault("paths", Map.of());
    paths.forEach((path, methods) -> methods
      .forEach(
          (method, operation) -> operations.put(method.toUpperCase(Locale.ROOT) + " " + path, operation)));
    operations.remove(HEALTH);
    return operations;
  }
}
