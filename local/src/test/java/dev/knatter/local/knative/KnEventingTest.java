package dev.knatter.local.knative;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.fabric8.knative.eventing.v1.Broker;
import io.fabric8.knative.eventing.v1.Trigger;
import io.fabric8.knative.sources.v1.PingSource;
import io.fabric8.knative.sources.v1.SinkBinding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether the kn commands of the README make of eventing/ what the YAML describes (docs/cmd of kn 1.22). */
final class KnEventingTest {
  static List<Trigger> triggers() {
    return Manifests.all(Trigger.class);
  }

  @Test
  void broker_isMadeOfEitherClassWithTheSameDelivery() {
    Broker broker = Manifests.all(Broker.class).getFirst();
    var delivery = broker.getSpec().getDelivery();
    Map<String, String> flags = new TreeMap<>(Map.of("--namespace", broker.getMetadata().getNamespace(),
        "--class", "MTChannelBasedBroker", "--retry", delivery.getRetry().toString(),
        "--backoff-policy", delivery.getBackoffPolicy(), "--backoff-delay", delivery.getBackoffDelay(),
        "--dl-sink", "ksvc:" + delivery.getDeadLetterSink().getRef().getName()));
    Map<String, String> kafka = new TreeMap<>(flags);
    kafka.put("--class", "Kafka");
    kafka.put("--broker-config", "cm:kafka-broker-config:knative-eventing");
    assertThat(Readme.creating("broker", broker.getMetadata().getName()))
      .extracting(command -> flags(command, 4))
      .containsExactly(flags, kafka);
  }

  @ParameterizedTest
  @MethodSource("triggers")
  void trigger_isMadeWithItsFilterAndOrder(Trigger trigger) {
    String name = trigger.getMetadata().getName();
    assertThat(Readme.creating("trigger", name)).singleElement()
      .extracting(command -> flags(command, 4))
      .isEqualTo(Map.of("--namespace", trigger.getMetadata().getNamespace(), "--broker",
          trigger.getSpec().getBroker(),
          "--filter", "type=" + trigger.getSpec().getFilter().getAttributes().get("type"),
          "--sink", "ksvc:" + trigger.getSpec().getSubscriber().getRef().getName()));
    // kn cannot set annotations of a trigger.
    Map.Entry<String, String> order = trigger.getMetadata().getAnnotations().entrySet().iterator().next();
    assertThat(Readme.commands()).anySatisfy(command -> assertThat(command)
      .startsWith("kubectl", "-n", trigger.getMetadata().getNamespace(), "annotate", "trigger")
      .contains(name)
      .endsWith(order.getKey() + "=" + order.getValue()));
  }

  @Test
  void binding_selectsTheSameServices() {
    SinkBinding binding = Manifests.all(SinkBinding.class).getFirst();
    var subject = binding.getSpec().getSubject();
    var label = subject.getSelector().getMatchLabels().entrySet().iterator().next();
    assertThat(Readme.creating("source", "binding", binding.getMetadata().getName())).singleElement()
      .extracting(command -> flags(command, 5))
      .isEqualTo(Map.of("--namespace", binding.getMetadata().getNamespace(),
          "--subject",
          subject.getKind() + ":" + subject.getApiVersion() + ":" + label.getKey() + "=" + label.getValue(),
          "--sink", "broker:" + binding.getSpec().getSink().getRef().getName()));
  }

  @Test
  void ping_saysWhatTheFileSays() {
    PingSource ping = Manifests.all(PingSource.class).getFirst();
    assertThat(Readme.creating("source", "ping", ping.getMetadata().getName())).singleElement()
      .extracting(command -> flags(command, 5))
      .isEqualTo(Map.of("--namespace", ping.getMetadata().getNamespace(),
          "--schedule", ping.getSpec().getSchedule(), "--data", ping.getSpec().getData(),
          "--sink", "ksvc:" + ping.getSpec().getSink().getRef().getName()));
  }

  /** @param first the index of the first flag; each has a value */
  private static Map<String, String> flags(List<String> command, int first) {
    Map<String, String> flags = new TreeMap<>();
    for (int i = first; i < command.size(); i += 2) {
      flags.put(command.get(i), command.get(i + 1));
    }
    return flags;
  }
}
