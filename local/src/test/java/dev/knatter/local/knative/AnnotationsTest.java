package dev.knatter.local.knative;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/**
 * Whether every annotation and label is one that is read. Knative's webhook lets a misspelt key pass, and nothing
 * ever happens.
 */
final class AnnotationsTest {
  /**
   * What a user may set, of Knative 1.22: pkg/apis/autoscaling/register.go and pkg/apis/serving/register.go of serving,
   * pkg/apis/networking/register.go of networking; pkg/apis/eventing/v1/broker_validation.go of eventing,
   * control-plane/pkg/reconciler/trigger/trigger.go of eventing-kafka-broker, apis/duck/const.go of pkg. Older spellings
   * ({@code minScale}) are left out.
   */
  private static final Set<String> KNATIVE = Stream.of(
      "autoscaling.knative.dev/ activation-scale class initial-scale max-scale metric metric-aggregation-algorithm"
          + " min-scale panic-threshold-percentage panic-window-percentage scale-down-delay"
          + " scale-to-zero-pod-retention-period target target-burst-capacity target-utilization-percentage window",
      "serving.knative.dev/ no-gc progress-deadline rollout-duration",
      "queue.sidecar.serving.knative.dev/ cpu-resource-limit cpu-resource-request ephemeral-storage-resource-limit"
          + " ephemeral-storage-resource-request memory-resource-limit memory-resource-request resource-percentage",
      "eventing.knative.dev/ broker.class",
      "kafka.eventing.knative.dev/ delivery.order",
      "bindings.knative.dev/ exclude include",
      "networking.knative.dev/ certificate-class disable-external-domain-tls http-protocol ingress-class visibility")
    .map(line -> line.split(" "))
    .flatMap(words -> Stream.of(words).skip(1).map(word -> words[0] + word))
    .collect(Collectors.toUnmodifiableSet());
  /** Of Kubernetes: recommended labels, and Pod Security Admission. */
  private static final Set<String> KUBERNETES = Set.of("app.kubernetes.io/name", "app.kubernetes.io/part-of",
      "pod-security.kubernetes.io/enforce");

  static Stream<Path> files() {
    return Manifests.yamlFiles();
  }

  @ParameterizedTest
  @MethodSource("files")
  void key_isOneThatIsRead(Path file) {
    assertThat(unknown(Manifests.text(file))).isEmpty();
  }

  @Test
  void misspeltKey_isFoundWhereverItStands() {
    assertThat(unknown("""
        metadata: {labels: {networking.knative.dev/visibilty: cluster-local}}
        spec: {template: [{metadata: {annotations: {autoscaling.knative.dev/minScalee: "0"}}}]}
        ---
        commonAnnotations: {autoscaling.knative.dev/min-scale: "0", autoscaling.knative.dev/max_scale: "1"}
        """)).containsExactlyInAnyOrder("networking.knative.dev/visibilty",
        "autoscaling.knative.dev/minScalee",
        "autoscaling.knative.dev/max_scale");
  }

  private static Set<String> unknown(String text) {
    Set<String> keys = new TreeSet<>();
    new Yaml().loadAll(text).forEach(document -> collect(document, keys));
    keys.removeAll(KNATIVE);
    keys.removeAll(KUBERNETES);
    return keys;
  }

  private static void collect(Object node, Set<String> keys) {
    if (node instanceof Map<?, ?> map) {
      map.forEach((name, value) -> {
        if (List.of("annotations", "labels", "commonAnnotations", "commonLabels").contains(name)
            && value instanceof Map<?, ?> found) {
          found.keySet().forEach(key -> keys.add(key.toString()));
        } else {
          collect(value, keys);
        }
      });
    } else if (node instanceof Collection<?> nodes) {
      nodes.forEach(each -> collect(each, keys));
    }
  }
}
