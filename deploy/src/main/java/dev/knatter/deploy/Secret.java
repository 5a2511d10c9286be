package dev.knatter.deploy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** A Kubernetes Secret. Given to kubectl as text, so that it is in no argument and no file. */
record Secret(String name, String type, Map<String, String> data) {
  Secret {
    data = Map.copyOf(data);
  }

  String yaml() {
    StringBuilder text = new StringBuilder("""
        ---
        apiVersion: v1
        kind: Secret
        metadata:
          name: %s
          namespace: %s
          labels:
            app.kubernetes.io/part-of: knatter
        type: %s
        data:
        """.formatted(name, Cluster.NAMESPACE, type));
    new TreeMap<>(data).forEach((key, value) -> text.append("  ")
      .append(key)
      .append(": ")
      .append(Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)))
      .append('\n'));
    return text.toString();
  }

  @Override
  public String toString() {
    return "secret " + name;
  }
}
