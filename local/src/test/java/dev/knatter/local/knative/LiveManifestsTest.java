package dev.knatter.local.knative;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import org.junit.jupiter.api.Test;

/** Whether the proxies are reached by clients and functions, and by nobody else. */
final class LiveManifestsTest {
  private static final Path LIVE = Manifests.ROOT.resolve("live");
  private static final int CONTROL = 5561;

  private final Deployment pushpin = one(Deployment.class);
  private final NetworkPolicy policy = one(NetworkPolicy.class);

  private static <T> T one(Class<T> kind) {
    return Manifests.yamlFiles()
      .filter(file -> file.startsWith(LIVE) && !file.endsWith("kustomization.yaml"))
      .flatMap(file -> Manifests.read(file).stream())
      .filter(kind::isInstance)
      .map(kind::cast)
      .findFirst()
      .orElseThrow();
  }

  private static Service service(String name) {
    return Manifests.read(LIVE.resolve("service.yaml"))
      .stream()
      .map(Service.class::cast)
      .filter(service -> service.getMetadata().getName().equals(name))
      .findFirst()
      .orElseThrow();
  }

  @Test
  void services_selectTheProxies() {
    Map<String, String> labels = pushpin.getSpec().getTemplate().getMetadata().getLabels();
    for (String name : List.of("pushpin", "pushpin-control")) {
      assertThat(labels).containsAllEntriesOf(service(name).getSpec().getSelector());
    }
    assertThat(service("pushpin-control").getSpec().getClusterIP()).as("each proxy must be told")
      .isEqualTo("None");
    assertThat(service("pushpin-control").getSpec().getPublishNotReadyAddresses()).isTrue();
  }

  @Test
  void controlPort_isOpenToFunctionsAlone() {
    assertThat(pushpin.getSpec().getTemplate().getMetadata().getLabels())
      .containsAllEntriesOf(policy.getSpec().getPodSelector().getMatchLabels());
    assertThat(policy.getSpec().getIngress())
      .filteredOn(rule -> rule.getPorts().stream().anyMatch(port -> port.getPort().getIntVal() == CONTROL))
      .hasSize(1)
      .allSatisfy(rule -> assertThat(rule.getFrom()).hasSize(1)
        .allMatch(from -> from.getPodSelector()
          .getMatchExpressions()
          .getFirst()
          .getKey()
          .equals("serving.knative.dev/service")));
  }

  @Test
  void functions_publishWhereTheProxiesListen() {
    assertThat(Manifests.text(Manifests.ROOT.resolve("overlays/live/kustomization.yaml")))
      .contains("KNATTER_GRIP=http://pushpin-control.knatter.svc.cluster.local:" + CONTROL + "/publish/");
    assertThat(Manifests.text(LIVE.resolve("pushpin.conf"))).contains("push_in_http_port=" + CONTROL);
    assertThat(Manifests.text(LIVE.resolve("routes"))).contains("over_http")
      .contains("host=stream.knatter.svc.cluster.local");
  }

  @Test
  void stream_leadsClientsToTheProxies() {
    HTTPRoute route = one(HTTPRoute.class);
    assertThat(route.getSpec().getRules()).singleElement().satisfies(rule -> {
      assertThat(rule.getMatches().getFirst().getPath().getType()).isEqualTo("Exact");
      assertThat(rule.getMatches().getFirst().getPath().getValue()).isEqualTo("/v1/stream");
      assertThat(rule.getBackendRefs().getFirst().getName()).isEqualTo("pushpin");
    });
  }
}
