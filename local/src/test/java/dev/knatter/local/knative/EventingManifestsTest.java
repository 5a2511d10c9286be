package dev.knatter.local.knative;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import dev.knatter.local.Eventing;
import io.fabric8.knative.eventing.v1.Broker;
import io.fabric8.knative.eventing.v1.Trigger;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.knative.sources.v1.SinkBinding;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Whether events go where they should: from whom, by which broker, to whom. */
final class EventingManifestsTest {
  /** What each Trigger takes from the broker. */
  private static final Map<String, String> TYPES = Map.of("send-events", "dev.knatter.message.send.v1",
      "erase-events", "dev.knatter.user.erase.v1", "deliver", "dev.knatter.message.sent.v1",
      "deliver-edited", "dev.knatter.message.edited.v1", "deliver-deleted",
      "dev.knatter.message.deleted.v1");
  private static final Set<String> FUNCTIONS = Set.of("send-events", "erase-events", "deliver");
  private static final String DEAD_LETTERS = "dead-letters";
  private static final Path EVENTING = Manifests.ROOT.resolve("eventing");

  private final Broker broker = Manifests.all(Broker.class).getFirst();

  @Test
  void trigger_givesEventsOfOneTypeToOneService() {
    List<Trigger> triggers = Manifests.all(Trigger.class);
    assertThat(triggers).extracting(trigger -> trigger.getMetadata().getName())
      .containsExactlyInAnyOrderElementsOf(TYPES.keySet());
    assertThat(triggers).allSatisfy(trigger -> {
      String name = trigger.getMetadata().getName();
      assertThat(trigger.getSpec().getBroker()).isEqualTo(broker.getMetadata().getName());
      assertThat(trigger.getSpec().getFilter().getAttributes())
        .containsExactly(Map.entry("type", Objects.requireNonNull(TYPES.get(name))));
      var subscriber = trigger.getSpec().getSubscriber().getRef();
      assertThat(List.of(subscriber.getApiVersion(), subscriber.getKind(), subscriber.getName()))
        .containsExactly("serving.knative.dev/v1", "Service", name.startsWith("deliver-") ? "deliver" : name);
      assertThat(trigger.getMetadata().getAnnotations())
        .containsExactly(Map.entry("kafka.eventing.knative.dev/delivery.order", "ordered"));
    });
  }

  @Test
  void broker_triesAgainAndThenGivesToTheDeadLetters() {
    var delivery = broker.getSpec().getDelivery();
    assertThat(delivery.getRetry()).isEqualTo(5);
    assertThat(delivery.getBackoffPolicy()).isEqualTo("exponential");
    assertThat(delivery.getBackoffDelay()).isEqualTo("PT1S");
    var sink = delivery.getDeadLetterSink().getRef();
    assertThat(List.of(sink.getApiVersion(), sink.getKind(), sink.getName()))
      .containsExactly("serving.knative.dev/v1", "Service", DEAD_LETTERS);
  }

  @Test
  void functionThatGetsEvents_isDeployed_andOnlyTheClusterReachesThoseOfATrigger() {
    assertThat(Manifests.services()).containsKeys(consumers().toArray(String[]::new));
    assertThat(FUNCTIONS)
      .allSatisfy(name -> assertThat(Manifests.service(name).getMetadata().getLabels())
        .containsEntry("networking.knative.dev/visibility", "cluster-local"));
  }

  @Test
  void sinkBinding_tellsThePublishersAndNobodyElseWhereTheBrokerIs() {
    SinkBinding binding = Manifests.all(SinkBinding.class).getFirst();
    var sink = binding.getSpec().getSink().getRef();
    assertThat(List.of(sink.getApiVersion(), sink.getKind(), sink.getName()))
      .containsExactly(broker.getApiVersion(), "Broker", broker.getMetadata().getName());
    var subject = binding.getSpec().getSubject();
    Map<String, String> labels = subject.getSelector().getMatchLabels();
    assertThat(labels).isNotEmpty();
    assertThat(Manifests.services()
      .values()
      .stream()
      .filter(service -> service.getMetadata().getLabels().entrySet().containsAll(labels.entrySet()))
      .filter(service -> subject.getKind().equals(service.getKind()))
      .filter(service -> subject.getApiVersion().equals(service.getApiVersion()))
      .map(Service::getMetadata)
      .map(metadata -> metadata.getName()))
      .isNotEmpty()
      .containsExactlyInAnyOrderElementsOf(
          Manifests.services().keySet().stream().filter(EventingManifestsTest::publishes).toList());
  }

  /** Without Eventing the rest must work. */
  @Test
  void base_needsNoEventing() {
    assertThat(Manifests.yamlFiles()).filteredOn(file -> !file.startsWith(EVENTING) && !isOverlay(file))
      .isNotEmpty()
      .allSatisfy(file -> assertThat(Manifests.text(file)).as(file.toString())
        .doesNotContain("eventing.knative.dev", "sources.knative.dev"));
  }

  @Test
  void overlay_saysOfWhichClassTheBrokerIs() {
    assertThat(changes("development")).containsExactly(
        Map.of("op", "add", "path", "/metadata/annotations", "value",
            Map.of("eventing.knative.dev/broker.class", "MTChannelBasedBroker")));
    assertThat(changes("production")).containsExactly(
        Map.of("op", "add", "path", "/metadata/annotations", "value",
            Map.of("eventing.knative.dev/broker.class", "Kafka")),
        Map.of("op", "add", "path", "/spec/config", "value",
            Map.of("apiVersion", "v1", "kind", "ConfigMap", "name",
                "kafka-broker-config", "namespace", "knative-eventing")));
    assertThat(broker.getMetadata().getAnnotations()).isNullOrEmpty();
    assertThat(broker.getSpec().getConfig()).isNull();
  }

  @Test
  void localBroker_understandsAllOfIt() {
    assertThat(Eventing.read(EVENTING).functions()).isEqualTo(consumers());
  }

  private static Set<String> consumers() {
    Set<String> functions = new TreeSet<>(FUNCTIONS);
    functions.add(DEAD_LETTERS);
    return functions;
  }

  /**
   * Whether a function publishes. One that authenticates callers does: a person of an outside issuer may call it first, and the
   * new account is an event.
   */
  private static boolean publishes(String function) {
    try (Stream<Path> files = Files.walk(Path.of("..", "functions", function, "src", "main", "java"))) {
      return files.filter(file -> file.toString().endsWith(".java"))
        .map(Manifests::text)
        .anyMatch(code -> code.contains("import dev.knatter.publishing.") || code.contains("guard.bearer")
            || code.contains("guard.operator"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOverlay(Path file) {
    return file.startsWith(Manifests.ROOT.resolve("overlays"));
  }

  /** What an overlay changes in the Broker. */
  private static List<Map<String, Object>> changes(String overlay) {
    Map<String, Object> kustomization = new Yaml().load(
        Manifests.text(Manifests.ROOT.resolve("overlays").resolve(overlay).resolve("kustomization.yaml")));
    for (Object patch : (List<?>) Objects.requireNonNull(kustomization.get("patches"))) {
      Map<?, ?> change = (Map<?, ?>) patch;
      if (Map.of("kind", "Broker").equals(change.get("target"))) {
        return new Yaml().load(String.valueOf(change.get("patch")));
      }
    }
    return List.of();
  }
}
