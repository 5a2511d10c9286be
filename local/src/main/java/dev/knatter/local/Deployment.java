package dev.knatter.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.knatter.adapter.Route;

/**
 * The deployment in a cluster, read from the same YAML files: the functions, the routes of the public host, the pings, and
 * the Broker.
 *
 * @param functions the names of the Knative services
 * @param eventSources those that a SinkBinding tells where to send events
 */
record Deployment(Set<String> functions, Set<String> eventSources, PublicHost host, List<Ping> pings,
    Optional<Eventing> eventing) {
  /** @param folders each contains a {@code kustomization.yaml}; files that it does not list are ignored */
  static Deployment read(Path... folders) {
    List<Yaml> resources = Stream.of(folders).flatMap(Yaml::resources).toList();
    List<Yaml> services = named(resources, "serving.knative.dev", "Service").toList();
    return new Deployment(names(services.stream()),
        names(named(resources, "sources.knative.dev", "SinkBinding")
          .flatMap(binding -> services.stream().filter(service -> isSubject(service, binding)))),
        PublicHost.from(named(resources, "gateway.networking.k8s.io", "HTTPRoute").toList()),
        named(resources, "sources.knative.dev", "PingSource").map(Ping::from).toList(),
        Eventing.find(resources));
  }

  /** Whether the public host sends requests for this route to this function. */
  boolean publishes(String function, Route<?> route) {
    return functions.contains(function)
        && host.function(route.method(), route.path()).filter(function::equals).isPresent();
  }

  /** The functions that get events: those that a Trigger, a dead letter sink or a ping names. */
  Set<String> consumers() {
    return Stream
      .concat(pings.stream().map(Ping::function), eventing.stream().flatMap(it -> it.functions().stream()))
      .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isSubject(Yaml service, Yaml binding) {
    Map<String, String> wanted = binding.at("spec", "subject", "selector", "matchLabels").texts();
    return service.at("metadata", "labels").texts().entrySet().containsAll(wanted.entrySet());
  }

  private static Set<String> names(Stream<Yaml> resources) {
    return resources.map(resource -> resource.at("metadata", "name").text())
      .collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<Yaml> named(List<Yaml> resources, String group, String kind) {
    return resources.stream().filter(resource -> resource.isA(group, kind));
  }
}
