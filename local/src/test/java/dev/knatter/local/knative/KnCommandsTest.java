package dev.knatter.local.knative;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.fabric8.knative.serving.v1.RevisionSpec;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether the kn commands of the README make the services that the YAML describes. */
final class KnCommandsTest {
  private static final Set<String> SWITCHES = Set.of("--cluster-local");
  /** The label of the functions that the SinkBinding selects. */
  private static final String PUBLISHES = "bindings.knative.dev/include";

  static Stream<Service> services() {
    return Manifests.services().values().stream();
  }

  @ParameterizedTest
  @MethodSource("services")
  void apply_byFile_namesTheFileOfTheFunction(Service service) {
    List<String> command = apply(service, "--filename");
    Path file = Path.of("..").resolve(Readme.values(command, "--filename").getFirst());
    assertThat(Manifests.read(file).getFirst()).as("kn reads the first document only").isEqualTo(service);
  }

  @ParameterizedTest
  @MethodSource("services")
  void apply_byFlags_saysWhatTheFileSays(Service service) {
    List<String> command = apply(service, "--image");
    Map<String, List<String>> flags = new TreeMap<>();
    for (int i = 4; i < command.size(); i++) {
      List<String> values = flags.computeIfAbsent(command.get(i), _ -> new ArrayList<>());
      if (!SWITCHES.contains(command.get(i))) {
        values.add(command.get(++i));
      }
    }
    flags.values().forEach(values -> values.sort(null));
    assertThat(flags).isEqualTo(flags(service));
  }

  /** The flags of kn for what a service's YAML says; see kn_service_apply.md of kn 1.22. */
  private static Map<String, List<String>> flags(Service service) {
    RevisionSpec spec = service.getSpec().getTemplate().getSpec();
    Container container = spec.getContainers().getFirst();
    Map<String, List<String>> flags = new TreeMap<>();
    flags.put("--namespace", List.of(service.getMetadata().getNamespace()));
    flags.put("--image", List.of(container.getImage()));
    flags.put("--env-from", List.of("cm:" + container.getEnvFrom().getFirst().getConfigMapRef().getName()));
    // kn cannot say that a secret may be missing: those of the stores are for whoever has them.
    flags.put("--env-value-from", container.getEnv()
      .stream()
      .filter(env -> env.getValueFrom().getSecretKeyRef().getOptional() == null)
      .map(KnCommandsTest::reference)
      .sorted()
      .toList());
    flags.put("--timeout", List.of(spec.getTimeoutSeconds().toString()));
    flags.put("--concurrency-limit", spec.getContainerConcurrency() == 0
        ? List.of()
        : List.of(spec.getContainerConcurrency().toString()));
    flags.put("--request", List.of(amounts(container.getResources().getRequests())));
    flags.put("--limit", List.of(amounts(container.getResources().getLimits())));
    flags.put("--probe-readiness", List.of("http:::" + container.getReadinessProbe().getHttpGet().getPath()));
    flags.put("--security-context", List.of("strict"));
    Map<String, String> scale = new TreeMap<>(service.getSpec().getTemplate().getMetadata().getAnnotations());
    flags.put("--scale", List.of(
        scale.remove("autoscaling.knative.dev/min-scale") + ".."
            + scale.remove("autoscaling.knative.dev/max-scale")));
    flags.put("--scale-target", Stream.ofNullable(scale.remove("autoscaling.knative.dev/target")).toList());
    flags.put("--scale-window", Stream.ofNullable(scale.remove("autoscaling.knative.dev/window")).toList());
    flags.put("--annotation-revision", scale.entrySet().stream().map(Map.Entry::toString).toList());
    flags.values().removeIf(List::isEmpty);
    if (service.getMetadata().getLabels().containsKey(PUBLISHES)) {
      flags.put("--label-service", List.of(PUBLISHES + "=true"));
    }
    if (service.getMetadata().getLabels().containsKey("networking.knative.dev/visibility")) {
      flags.put("--cluster-local", List.of());
    }
    return flags;
  }

  private static List<String> apply(Service service, String flag) {
    return Readme.commands()
      .stream()
      .filter(command -> command.size() > 4
          && command.subList(0, 4).equals(List.of("kn", "service", "apply", service.getMetadata().getName()))
          && command.contains(flag))
      .findFirst()
      .orElseThrow();
  }

  private static String reference(EnvVar variable) {
    SecretKeySelector secret = variable.getValueFrom().getSecretKeyRef();
    return variable.getName() + "=secret:" + secret.getName() + ":" + secret.getKey();
  }

  private static String amounts(Map<String, Quantity> amounts) {
    return new TreeSet<>(amounts.keySet()).stream()
      .map(name -> name + "=" + amounts.get(name))
      .collect(Collectors.joining(","));
  }
}
