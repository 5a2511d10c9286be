package dev.knatter.local.knative;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.fabric8.knative.serving.v1.RevisionSpec;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every function's service must say, and what Knative would refuse or silently ignore. */
final class KnativeServiceTest {
  private static final Map<String, Long> TIMEOUTS = Map.of("messages", 60L, "export", 600L, "stream", 600L);

  static Stream<Service> services() {
    return Manifests.services().values().stream();
  }

  @Test
  void function_hasOneServiceInAFileOfItsName() {
    assertThat(Manifests.services().keySet()).containsExactlyInAnyOrder("register", "login", "refresh",
        "logout", "sessions", "jwks", "send", "messages", "outbox", "send-events", "erase-events", "users",
        "account",
        "export", "dead-letters", "webhooks", "conversations", "deliver", "edit", "delete", "react",
        "read", "stream", "web");
    assertThat(Manifests.services()).allSatisfy(
        (name, service) -> assertThat(Manifests.read(Manifests.BASE.resolve(name + ".yaml")))
          .contains(service));
  }

  @ParameterizedTest
  @MethodSource("services")
  void service_scalesToZeroAndNotWithoutLimit(Service service) {
    Map<String, String> annotations = service.getSpec().getTemplate().getMetadata().getAnnotations();
    assertThat(annotations).containsEntry("autoscaling.knative.dev/min-scale", "0");
    assertThat(Integer.parseInt(annotations.get("autoscaling.knative.dev/max-scale"))).isPositive();
    assertThat(service.getMetadata().getAnnotations()).isNullOrEmpty();
  }

  @ParameterizedTest
  @MethodSource("services")
  void service_endsARequestInTime(Service service) {
    assertThat(spec(service).getTimeoutSeconds()).isEqualTo(TIMEOUTS.getOrDefault(name(service), 30L));
  }

  @ParameterizedTest
  @MethodSource("services")
  void service_listensWhereKnativeSays(Service service) {
    assertThat(container(service).getPorts()).as("Knative sets PORT, and 8080 is its default").isEmpty();
    assertThat(container(service).getEnv()).noneMatch(variable -> variable.getName().equals("PORT"));
  }

  @ParameterizedTest
  @MethodSource("services")
  void service_isProbedAsOftenAsKnativeLikes(Service service) {
    var probe = container(service).getReadinessProbe();
    assertThat(probe.getHttpGet().getPath()).isEqualTo("/healthz");
    assertThat(probe.getPeriodSeconds()).as("a period would make it Kubernetes' business, once a second")
      .isNull();
    assertThat(probe.getFailureThreshold()).isNull();
    assertThat(probe.getTimeoutSeconds()).isNull();
  }

  @ParameterizedTest
  @MethodSource("services")
  void service_requestsWhatItNeedsAndIsLimited(Service service) {
    var resources = container(service).getResources();
    assertThat(resources.getRequests()).containsEntry("cpu", new Quantity("50m"))
      .containsEntry("memory",
          new Quantity("192Mi"));
    assertThat(resources.getLimits()).containsKeys("cpu", "memory");
  }

  @ParameterizedTest
  @MethodSource("services")
  void service_isRestricted(Service service) {
    SecurityContext context = container(service).getSecurityContext();
    assertThat(context.getRunAsNonRoot()).isTrue();
    assertThat(context.getReadOnlyRootFilesystem()).isTrue();
    assertThat(context.getAllowPrivilegeEscalation()).isFalse();
    assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(context.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(spec(service).getAutomountServiceAccountToken()).isFalse();
    assertThat(spec(service).getEnableServiceLinks()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("services")
  void service_usesNothingThatKnativeRefusesByDefault(Service service) {
    RevisionSpec spec = spec(service);
    assertThat(spec.getContainers()).hasSize(1);
    assertThat(spec.getInitContainers()).isEmpty();
    assertThat(spec.getAffinity()).isNull();
    assertThat(spec.getSecurityContext()).isNull();
    assertThat(container(service).getEnv())
      .allMatch(variable -> variable.getValueFrom().getSecretKeyRef() != null);
  }

  @ParameterizedTest
  @MethodSource("services")
  void service_hasNoVolume(Service service) {
    assertThat(spec(service).getVolumes()).as("a kubelet waits 300 ms before it starts a pod that has any")
      .isEmpty();
  }

  @Test
  void function_ofEvents_isClusterLocal() {
    List<String> local = services()
      .filter(service -> "cluster-local"
        .equals(service.getMetadata().getLabels().get("networking.knative.dev/visibility")))
      .map(KnativeServiceTest::name)
      .toList();
    assertThat(local).containsExactlyInAnyOrder("outbox", "send-events", "erase-events", "dead-letters",
        "deliver");
  }

  @Test
  void passwordHashing_isBoundedByConcurrency() {
    for (String name : List.of("register", "login", "account")) {
      assertThat(spec(Manifests.service(name)).getContainerConcurrency()).as(name).isBetween(1L, 8L);
    }
  }

  @ParameterizedTest
  @MethodSource("services")
  void image_isNamedAfterItsFunction(Service service) {
    assertThat(container(service).getImage()).isEqualTo("dev.local/knatter-" + name(service) + ":dev");
  }

  private static String name(Service service) {
    return service.getMetadata().getName();
  }

  private static RevisionSpec spec(Service service) {
    return service.getSpec().getTemplate().getSpec();
  }

  private static Container container(Service service) {
    return spec(service).getContainers().getFirst();
  }
}
