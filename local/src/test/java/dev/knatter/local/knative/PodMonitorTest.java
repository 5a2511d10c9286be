package dev.knatter.local.knative;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

/** Whether whoever collects metrics as knative/README.md says asks every function for what it answers. */
final class PodMonitorTest {
  private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  private final GenericKubernetesResource monitor = monitor();

  @Test
  void monitor_selectsThePodsOfEveryFunction() {
    assertThat(Manifests.services()).isNotEmpty();
    for (Service service : Manifests.services().values()) {
      assertThat(monitor.getMetadata().getNamespace()).isEqualTo(service.getMetadata().getNamespace());
      assertThat(service.getSpec().getTemplate().getMetadata().getLabels().entrySet())
        .as(service.getMetadata().getName())
        .containsAll(monitor.<Map<String, String>>get("spec", "selector", "matchLabels").entrySet());
    }
  }

  @Test
  void monitor_asksForWhatEveryFunctionAnswers() {
    List<Object> endpoints = monitor.get("spec", "podMetricsEndpoints");
    assertThat(endpoints).hasSize(1);
    assertThat(OpenApi.EVERYWHERE).contains("GET " + monitor.get("spec", "podMetricsEndpoints", 0, "path"));
    // Knative calls a container's port so in every pod; the other ports are those of its proxy.
    assertThat(monitor.<String>get("spec", "podMetricsEndpoints", 0, "port")).isEqualTo("user-port");
  }

  private static GenericKubernetesResource monitor() {
    Matcher block = BLOCK.matcher(Manifests.text(Manifests.ROOT.resolve("README.md")));
    assertThat(block.find()).isTrue();
    return Serialization.unmarshal(block.group(1), GenericKubernetesResource.class);
  }
}
