package dev.knatter.local;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.knatter.local.broker.Delivery;
import dev.knatter.local.broker.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * A Broker and its Triggers, as {@code knative/eventing} describes them.
 *
 * @param path of the Broker: {@code /namespace/name}
 */
public record Eventing(String path, List<Subscription> subscriptions) {
  private static final String GROUP = "eventing.knative.dev";
  private static final String ORDER = "kafka.eventing.knative.dev/delivery.order";

  /**
   * A Trigger.
   *
   * @param function the Knative service that gets the events
   * @param deadLetters the Knative service that gets those which the function did not take; "" for none
   */
  public record Subscription(String trigger, Map<String, String> filter, boolean ordered, String function,
      Delivery delivery, String deadLetters) {}

  /**
   * Reads the Broker of a folder.
   *
   * @param folder contains a {@code kustomization.yaml}; files that it does not list are ignored
   * @throws IllegalStateException when there is no Broker, or something that local does not understand
   */
  public static Eventing read(Path folder) {
    return find(Yaml.resources(folder).toList())
      .orElseThrow(() -> new IllegalStateException("There is no Broker in " + folder));
  }

  static Optional<Eventing> find(List<Yaml> resources) {
    return resources.stream().filter(resource -> resource.isA(GROUP, "Broker")).findFirst().map(broker -> {
      String name = broker.at("metadata", "name").text();
      return new Eventing("/" + broker.at("metadata", "namespace").text() + "/" + name,
          resources.stream()
            .filter(resource -> resource.isA(GROUP, "Trigger"))
            .filter(trigger -> trigger.at("spec", "broker").text().equals(name))
            .map(trigger -> subscription(trigger, broker))
            .toList());
    });
  }

  /** The functions that get events or dead letters. */
  public Set<String> functions() {
    return subscriptions.stream()
      .flatMap(subscription -> Stream.of(subscription.function(), subscription.deadLetters()))
      .filter(function -> !function.isEmpty())
      .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The Triggers whose function has an address.
   *
   * @param addresses the address of a Knative service; null if it has none
   */
  public List<Trigger> triggers(Function<String, @Nullable URI> addresses) {
    return subscriptions.stream()
      .flatMap(subscription -> Stream.ofNullable(addresses.apply(subscription.function()))
        .map(address -> new Trigger(subscription.trigger(), subscription.filter(), subscription.ordered(),
            address,
            subscription.delivery(), addresses.apply(subscription.deadLetters()))))
      .toList();
  }

  private static Subscription subscription(Yaml trigger, Yaml broker) {
    String name = trigger.at("metadata", "name").text();
    if (trigger.at("spec", "filters").value() != null) {
      throw new IllegalStateException(
          "local understands spec.filter only, not spec.filters, in Trigger " + name);
    }
    // As in Knative, a Trigger's own delivery replaces the Broker's, but for the dead letter sink.
    Yaml own = trigger.at("spec", "delivery");
    Yaml general = broker.at("spec", "delivery");
    String deadLetters = function(own.at("deadLetterSink"));
    return new Subscription(name, trigger.at("spec", "filter", "attributes").texts(),
        trigger.at("metadata", "annotations", ORDER).text().equals("ordered"),
        function(trigger.at("spec", "subscriber")), delivery(own.value() == null ? general : own),
        deadLetters.isEmpty() ? function(general.at("deadLetterSink")) : deadLetters);
  }

  private static String function(Yaml destination) {
    Yaml ref = destination.at("ref");
    if (destination.value() != null && !ref.isA("serving.knative.dev", "Service")) {
      throw new IllegalStateException(
          "local delivers events to Knative services only, not to " + destination);
    }
    return ref.at("name").text();
  }

  private static Delivery delivery(Yaml delivery) {
    String retry = delivery.at("retry").text();
    String policy = delivery.at("backoffPolicy").text();
    String delay = delivery.at("backoffDelay").text();
    boolean pauses = !policy.isEmpty() && !delay.isEmpty();
    return new Delivery(retry.isEmpty() ? 0 : Integer.parseInt(retry),
        pauses ? Delivery.Backoff.valueOf(policy.toUpperCase(Locale.ROOT)) : Delivery.Backoff.LINEAR,
        pauses ? Duration.parse(delay) : Duration.ZERO);
  }
}
