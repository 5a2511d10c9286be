package dev.knatter.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.knatter.adapter.Route;

/**
 * The deployment in a cluster, read from the same YAML files: the functions, the routes of the public host, and the
 * pings.
 *
 * @param functions the names of the Knative services
 */
record Deployment(Set<String> functions, PublicHost host, List<Ping> pings) {
  /** @param folders each contains a {@code kustomization.yaml}; files that it does not list are ignored */
  static Deployment read(Path... folders) {
    List<Yaml> resources = Stream.of(folders).flatMap(Deployment::resources).toList();
    return new Deployment(
        named(resources, "serving.knative.dev", "Service")
          .map(service -> service.at("metadata", "name").text())
          .collect(Collectors.toUnmodifiableSet()),
        PublicHost.from(named(resources, "gateway.networking.k8s.io", "HTTPRoute").toList()),
        named(resources, "sources.knative.dev", "PingSource").map(Ping::from).toList());
  }

  private static Stream<Yaml> resources(Path folder) {
    return Yaml.read(folder.resolve("kustomization.yaml"))
      .stream()
      .flatMap(kustomization -> kustomization.at("resources").items().stream())
      .flatMap(name -> Yaml.read(folder.resolve(name.text())).stream());
  }

  /** Whether the public host sends requests for this route to this function. */
  boolean publishes(String function, Route<?> route) {
    return functions.contains(function)
        && host.function(route.method(), route.path()).filter(function::equals).isPresent();
  }

  /** The pings that call a function. */
  List<Ping> pings(String function) {
    return pings.stream().filter(ping -> ping.function().equals(function)).toList();
  }

  private static Stream<Yaml> named(List<Yaml> resources, String group, String kind) {
    return resources.stream().filter(resource -> resource.isA(group, kind));
  }
}
