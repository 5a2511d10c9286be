package dev.knatter.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** An overlay of knative/, as kubectl works it out, and what is in that. */
final class Overlay {
  private Overlay() {}

  /**
   * What is to be applied, as YAML.
   *
   * @param folder two below the root, where the kustomization is put
   * @param images of the overlay
   */
  static String render(Kubectl kubectl, DeployOptions options, Path folder, List<String> images,
      Map<String, String> digests) throws IOException, InterruptedException {
    Files.writeString(folder.resolve("kustomization.yaml"),
        new Kustomization(options, images, digests).text());
    return kubectl.read("kustomize", folder.toString());
  }

  /** The names of our images in an overlay as it is, without their tags. */
  static List<String> images(Kubectl kubectl, DeployOptions options, Path folder)
      throws InterruptedException {
    Path overlay = folder.resolve(Kustomization.FOLDER + "overlays/" + options.overlay()).normalize();
    return images(kubectl.read("kustomize", overlay.toString()));
  }

  /**
   * The digests of images that ./knatter image made, by function.
   *
   * @param made where it left them
   */
  static Map<String, String> digests(Path made, List<String> images) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    for (String image : images) {
      String name = image.substring(image.lastIndexOf('/') + 1);
      Path file = made.resolve(name + ".digest");
      if (Files.exists(file)) {
        digests.put(name.substring("knatter-".length()), Files.readString(file).strip());
      }
    }
    return digests;
  }

  /** The names of our images in what an overlay gives, without their tags. */
  static List<String> images(String rendered) {
    return rendered.lines()
      .map(String::strip)
      .filter(line -> line.matches("(- )?image: .*/knatter-[a-z-]+:[^/]*"))
      .map(line -> line.substring(line.indexOf(' ', line.indexOf("image:")) + 1, line.lastIndexOf(':')))
      .distinct()
      .sorted()
      .toList();
  }

  /** Under which host the route of a rendered overlay takes requests. */
  static String host(String rendered) {
    return specs(rendered, "HTTPRoute").map(spec -> spec.get("hostnames"))
      .flatMap(hosts -> hosts instanceof List<?> names ? names.stream() : Stream.empty())
      .map(String::valueOf)
      .findFirst()
      .orElseThrow(() -> new IllegalStateException("The overlay has no route with a host."));
  }

  /** Of which class the Gateway of a rendered overlay is. */
  static String gatewayClass(String rendered) {
    return specs(rendered, "Gateway").map(spec -> String.valueOf(spec.get("gatewayClassName")))
      .findFirst()
      .orElseThrow(() -> new IllegalStateException("The overlay has no Gateway."));
  }

  /** Of which class the Broker of a rendered overlay is; empty if there is none, or it is of the cluster's default class. */
  static Optional<String> brokerClass(String rendered) {
    return parts(rendered, "Broker", "metadata")
      .flatMap(metadata -> metadata.get("annotations") instanceof Map<?, ?> annotations
          ? Stream.ofNullable(annotations.get("eventing.knative.dev/broker.class"))
          : Stream.empty())
      .map(String::valueOf)
      .findFirst();
  }

  private static Stream<Map<?, ?>> specs(String rendered, String kind) {
    return parts(rendered, kind, "spec");
  }

  /** A part of all resources that are of a kind. */
  private static Stream<Map<?, ?>> parts(String rendered, String kind, String name) {
    List<Map<?, ?>> parts = new ArrayList<>();
    for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(rendered)) {
      if (document instanceof Map<?, ?> resource && kind.equals(resource.get("kind"))
          && resource.get(name) instanceof Map<?, ?> part) {
        parts.add(part);
      }
    }
    return parts.stream();
  }
}
