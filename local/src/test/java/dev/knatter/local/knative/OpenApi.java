package dev.knatter.local.knative;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.yaml.snakeyaml.Yaml;

/** What docs/openapi.yaml says of operations, without those that every function answers. */
final class OpenApi {
  /** What every function answers at its own address. */
  static final Set<String> EVERYWHERE = Set.of("GET /healthz", "GET /metrics");

  private OpenApi() {}

  /** From "POST /v1/send" to the name of the function, with which the operationId begins: sessions-end of sessions. */
  static Map<String, String> operations() {
    Map<String, String> operations = new TreeMap<>();
    read().forEach((name, operation) -> operations.put(name, function(operationId(operation))));
    return operations;
  }

  /** The function with the longest name with which the operationId begins: dead-letters-list of dead-letters. */
  private static String function(String operationId) {
    return Manifests.services()
      .keySet()
      .stream()
      .filter(name -> operationId.equals(name) || operationId.startsWith(name + "-"))
      .max(Comparator.comparingInt(String::length))
      .orElseThrow(() -> new AssertionError("No function has the operation " + operationId));
  }

  static List<String> operationIds() {
    return read().values().stream().map(OpenApi::operationId).toList();
  }

  private static String operationId(Map<String, Object> operation) {
    return String.valueOf(operation.get("operationId"));
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
    operations.keySet().removeAll(EVERYWHERE);
    return operations;
  }
}
