package dev.knatter.packaging.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.knatter.packaging.image.ImageMain;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** An overlay of knative/, changed by what was asked for: a kustomization on top of it, for kubectl to work out. */
final class Overlay {
  private static final String FOLDER = "../../knative/overlays/";

  private Overlay() {}

  /**
   * @param options whose registry and tag count for the images that the overlay names
   * @param images  these names, without tags
   * @param digests of the images that were made here, by function: Knative starts what a tag means now only if the
   *                template has changed as well
   */
  static String kustomization(DeployOptions options, List<String> images, Map<String, String> digests) {
    StringBuilder text = new StringBuilder("""
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources:
          - %s
        """.formatted(FOLDER + options.overlay()));
    options.host().ifPresent(host -> text.append("""
        configMapGenerator:
          - name: knatter-config
            namespace: knatter
            behavior: merge
            literals:
              - KNATTER_TOKEN_ISSUER=https://%1$s
        """.formatted(host)));
    if (options.host().isPresent() || !digests.isEmpty()) {
      text.append("patches:\n");
    }
    options.host().ifPresent(host -> text.append("""
          - target:
              kind: Gateway
              name: knatter
            patch: |
              - {op: replace, path: /spec/listeners/0/hostname, value: %1$s}
              - {op: replace, path: /spec/listeners/1/hostname, value: %1$s}
          - target:
              kind: HTTPRoute
              name: knatter
            patch: |
              - {op: replace, path: /spec/hostnames/0, value: %1$s}
        """.formatted(host)));
    new TreeMap<>(digests).forEach((function, digest) -> text.append("""
          - target:
              group: serving.knative.dev
              kind: Service
              name: %s
            patch: |
              - {op: add, path: /spec/template/metadata/annotations/knatter.dev~1image, value: "%s"}
        """.formatted(function, digest)));
    if (options.registry().isPresent() || options.tag().isPresent()) {
      text.append("images:\n");
      images.forEach(image -> text.append(image(options, image)));
    }
    return text.toString();
  }

  private static String image(DeployOptions options, String image) {
    String name = image.substring(image.lastIndexOf('/') + 1);
    StringBuilder text = new StringBuilder("  - name: " + image + "\n");
    options.registry().ifPresent(registry -> text.append("    newName: " + registry + "/" + name + "\n"));
    options.tag().ifPresent(tag -> text.append("    newTag: \"" + tag + "\"\n"));
    return text.toString();
  }

  /**
   * What is to be applied, as YAML.
   *
   * @param folder two below the root, where the kustomization is put
   */
  static String render(Kubectl kubectl, DeployOptions options, Path folder)
      throws IOException, InterruptedException {
    List<String> images = images(
        kubectl.read("kustomize", folder.resolve(FOLDER + options.overlay()).normalize().toString()));
    Files.writeString(folder.resolve("kustomization.yaml"),
        kustomization(options, images, digests(ImageMain.MADE, images)));
    return kubectl.read("kustomize", folder.toString());
  }

  /** What is known of images that were made here. */
  static Map<String, String> digests(Path made, List<String> images) throws IOException {
    Map<String, String> digests = new HashMap<>();
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

  private static Stream<Map<?, ?>> specs(String rendered, String kind) {
    List<Map<?, ?>> specs = new ArrayList<>();
    for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(rendered)) {
      if (document instanceof Map<?, ?> resource && kind.equals(resource.get("kind"))
          && resource.get("spec") instanceof Map<?, ?> spec) {
        specs.add(spec);
      }
    }
    return specs.stream();
  }
}
