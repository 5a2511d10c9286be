package dev.knatter.local.knative;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knatter.shared.store.SchemaMain;
import io.fabric8.knative.sources.v1.PingSource;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ManifestsTest {
  static Stream<HasMetadata> resources() {
    return Manifests.all().stream();
  }

  @ParameterizedTest
  @MethodSource("resources")
  void resource_isOfAKnownStableKind(HasMetadata resource) {
    assertThat(resource).as(resource.getKind()).isNotInstanceOf(GenericKubernetesResource.class);
    // The Gateway API's standard channel has this one kind as v1beta1 only, in the releases that are in use.
    assertThat(resource.getApiVersion())
      .matches(resource.getKind().equals("ReferenceGrant") ? "[a-z0-9.]+/v1beta1" : "([a-z0-9.]+/)?v1");
  }

  /** The model keeps what it does not know; such a field is misspelt or somewhere else. */
  @ParameterizedTest
  @MethodSource("resources")
  void field_isOneThatItsKindHas(HasMetadata resource) throws ReflectiveOperationException {
    assertThat(UnknownFields.of(resource)).as(resource.getFullResourceName()).isEmpty();
  }

  @Test
  void misspeltField_isFound() throws ReflectiveOperationException {
    HasMetadata service = Manifests.service("send");
    ObjectNode tree = new ObjectMapper().valueToTree(service);
    ((ObjectNode) tree.at("/spec/template/spec")).put("timeoutSecond", 30);
    assertThat(UnknownFields.of(Serialization.unmarshal(tree.toString(), HasMetadata.class)))
      .containsExactly("timeoutSecond");
  }

  @Test
  void resource_livesInTheNamespaceOfTheProduct() {
    Map<String, String> elsewhere = Map.of("HTTPRoute/knatter", "kourier-system",
        "HTTPRoute/knatter-conversations", "kourier-system", "HTTPRoute/knatter-web", "kourier-system",
        "HTTPRoute/knatter-live", "kourier-system");
    assertThat(resources().filter(resource -> !resource.getKind().equals("Namespace"))).allSatisfy(
        resource -> assertThat(resource.getMetadata().getNamespace()).isEqualTo(
            elsewhere.getOrDefault(resource.getKind() + "/" + resource.getMetadata().getName(), "knatter")));
  }

  @Test
  void schemaJob_runsTheMigrationsFromTheImageOfAFunction() {
    Job job = Manifests.all(Job.class).getFirst();
    var container = job.getSpec().getTemplate().getSpec().getContainers().getFirst();
    String function = container.getImage().replaceAll(".*/knatter-(.*):.*", "$1");
    assertThat(Manifests.services()).containsKey(function);
    assertThat(container.getCommand()).startsWith("/app/runtime/bin/java")
      .endsWith("-cp", "/app/" + function + "/*", SchemaMain.class.getName());
  }

  /** The shortest that Knative 1.22 takes (pkg/apis/autoscaling/register.go: WindowMin). */
  @Test
  void outbox_isPingedEveryTenMinutesAndGoesSoonAfter() {
    assertThat(Manifests.service("outbox").getSpec().getTemplate().getMetadata().getAnnotations())
      .containsEntry("autoscaling.knative.dev/window", "6s");
    PingSource ping = Manifests.all(PingSource.class).getFirst();
    assertThat(ping.getSpec().getSchedule()).isEqualTo("*/10 * * * *");
    assertThat(ping.getSpec().getContentType()).isEqualTo("application/json");
    var sink = ping.getSpec().getSink().getRef();
    assertThat(sink.getApiVersion() + "/" + sink.getKind()).isEqualTo("serving.knative.dev/v1/Service");
    assertThat(Manifests.services()).containsKey(sink.getName());
  }

  /** What it sends is tried out in e2e, against the function. */
  @Test
  void cronJob_callsTheSameFunctionAsOftenAndIsRestricted() {
    CronJob cron = Manifests.all(CronJob.class).getFirst();
    PingSource ping = Manifests.all(PingSource.class).getFirst();
    assertThat(cron.getSpec().getSchedule()).isEqualTo(ping.getSpec().getSchedule());
    assertThat(cron.getSpec().getConcurrencyPolicy()).isEqualTo("Forbid");
    PodSpec pod = cron.getSpec().getJobTemplate().getSpec().getTemplate().getSpec();
    Container container = pod.getContainers().getFirst();
    assertThat(container.getCommand().getLast())
      .isEqualTo("http://" + ping.getSpec().getSink().getRef().getName() + ".knatter.svc.cluster.local/");
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    SecurityContext context = container.getSecurityContext();
    assertThat(context.getRunAsNonRoot()).isTrue();
    assertThat(context.getRunAsUser()).as("the image names its user by a word, which cannot be checked")
      .isPositive();
    assertThat(context.getAllowPrivilegeEscalation()).isFalse();
    assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(context.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
  }
}
