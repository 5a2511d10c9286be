package dev.knatter.local.knative;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;

/** The files under knative/, as the classes that a Kubernetes client has for them. */
final class Manifests {
  static final Path ROOT = Path.of("..", "knative");
  static final Path BASE = ROOT.resolve("base");
  static final List<String> OVERLAYS = List.of("development", "production");

  private Manifests() {}

  /** Everything that a cluster is given. */
  static List<HasMetadata> all() {
    return yamlFiles().filter(file -> !isKustomize(file)).flatMap(file -> read(file).stream()).toList();
  }

  static <T extends HasMetadata> List<T> all(Class<T> kind) {
    return all().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The Knative services of the base, by name. */
  static Map<String, Service> services() {
    Map<String, Service> services = new LinkedHashMap<>();
    all(Service.class).forEach(service -> services.put(service.getMetadata().getName(), service));
    return services;
  }

  static Service service(String name) {
    return Objects.requireNonNull(services().get(name), name);
  }

  static Stream<Path> yamlFiles() {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<HasMetadata> read(Path file) {
    return Arrays.stream(text(file).split("(?m)^---$"))
      .map(document -> Serialization.unmarshal(document, HasMetadata.class))
      .toList();
  }

  /** The variables in an env file, as kustomize and kubectl read it. */
  static Map<String, String> variables(Path envFile) {
    Map<String, String> variables = new LinkedHashMap<>();
    text(envFile).lines().map(line -> line.split("=", 2)).forEach(pair -> variables.put(pair[0], pair[1]));
    return variables;
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isKustomize(Path file) {
    return file.endsWith("kustomization.yaml") || file.endsWith("references.yaml");
  }
}
