package dev.knatter.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import dev.knatter.local.broker.Delivery;
import dev.knatter.local.broker.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventingTest {
  private static final String BROKER = """
      apiVersion: eventing.knative.dev/v1
      kind: Broker
      metadata: {name: main, namespace: knatter}
      spec:
        delivery:
          retry: 5
          backoffPolicy: exponential
          backoffDelay: PT0.2S
          deadLetterSink: {ref: {apiVersion: serving.knative.dev/v1, kind: Service, name: letters}}
      """;
  private static final String TRIGGER = """
      apiVersion: eventing.knative.dev/v1
      kind: Trigger
      metadata: {name: sent, annotations: {kafka.eventing.knative.dev/delivery.order: ordered}}
      spec:
        broker: main
        filter: {attributes: {type: a.b, tries: 3}}
        subscriber: {ref: {apiVersion: serving.knative.dev/v1, kind: Service, name: deliver}}
      """;
  private static final URI DELIVER = URI.create("http://127.0.0.1:1/");
  private static final URI LETTERS = URI.create("http://127.0.0.1:2/");

  @TempDir
  Path folder;

  @Test
  void trigger_hasTheBrokersDelivery() throws IOException {
    Eventing eventing = read(BROKER, TRIGGER, TRIGGER.replace("broker: main", "broker: other"));
    assertThat(eventing.path()).isEqualTo("/knatter/main");
    assertThat(eventing.functions()).containsExactlyInAnyOrder("deliver", "letters");
    assertThat(eventing.triggers(Map.of("deliver", DELIVER, "letters", LETTERS)::get))
      .containsExactly(new Trigger("sent", Map.of("type", "a.b", "tries", "3"), true, DELIVER,
          new Delivery(5, Delivery.Backoff.EXPONENTIAL, Duration.ofMillis(200)), LETTERS));
  }

  @Test
  void triggersOwnDelivery_replacesTheBrokersButForTheDeadLetterSink() throws IOException {
    Eventing eventing = read(BROKER,
        TRIGGER.replace("spec:", "spec:\n  delivery: {retry: 1}").replace("ordered", "unordered"));
    assertThat(eventing.triggers(Map.of("deliver", DELIVER, "letters", LETTERS)::get)).singleElement()
      .satisfies(trigger -> {
        assertThat(trigger.delivery()).isEqualTo(new Delivery(1, Delivery.Backoff.LINEAR, Duration.ZERO));
        assertThat(trigger.deadLetterSink()).isEqualTo(LETTERS);
        assertThat(trigger.ordered()).isFalse();
      });
  }

  @Test
  void functionWithoutAnAddress_hasNoTrigger() throws IOException {
    Eventing eventing = read(BROKER, TRIGGER);
    assertThat(eventing.triggers(_ -> null)).isEmpty();
    assertThat(eventing.triggers(Map.of("deliver", DELIVER)::get)).singleElement()
      .extracting(Trigger::deadLetterSink)
      .isNull();
  }

  @Test
  void whatLocalDoesNotUnderstand_isNamed() {
    assertThatIllegalStateException().isThrownBy(() -> read(BROKER, TRIGGER.replace("filter:", "filters:")))
      .withMessageContaining("spec.filters")
      .withMessageContaining("sent");
    assertThatIllegalStateException()
      .isThrownBy(
          () -> read(BROKER, TRIGGER.replace("serving.knative.dev/v1, kind: Service", "v1, kind: Service")))
      .withMessageContaining("Knative services only")
      .withMessageContaining("deliver");
    assertThatIllegalStateException().isThrownBy(() -> read(TRIGGER)).withMessageContaining("no Broker");
  }

  private Eventing read(String... documents) throws IOException {
    Files.writeString(folder.resolve("all.yaml"), String.join("---\n", documents));
    Files.writeString(folder.resolve("kustomization.yaml"), "resources:\n  - all.yaml\n");
    return Eventing.read(folder);
  }
}
