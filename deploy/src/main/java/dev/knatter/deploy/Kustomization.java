package dev.knatter.deploy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The text of a kustomization on top of an overlay, which changes it as was asked for. */
final class Kustomization {
  /** From the folder that it is put into, two below the root. */
  static final String FOLDER = "../../knative/";

  private final DeployOptions options;
  private final List<String> images;
  private final Map<String, String> digests;

  /**
   * @param options whose registry and tag count for the images that the overlay names
   * @param images  these names, without tags
   * @param digests of the images that were made here, by function: Knative starts what a tag means now only if the
   *                template has changed as well
   */
  Kustomization(DeployOptions options, List<String> images, Map<String, String> digests) {
    this.options = options;
    this.images = images;
    this.digests = new TreeMap<>(digests);
  }

  String text() {
    StringBuilder text = new StringBuilder("""
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources:
          - %soverlays/%s
        """.formatted(FOLDER, options.overlay()));
    if (options.withoutEventing()) {
      text.append("  - ").append(FOLDER).append("cron\n");
    }
    options.host().ifPresent(host -> text.append("""
        configMapGenerator:
          - name: knatter-config
            namespace: knatter
            behavior: merge
            literals:
              - KNATTER_TOKEN_ISSUER=https://%1$s
        """.formatted(host)));
    String patches = patches();
    if (!patches.isEmpty()) {
      text.append("patches:\n").append(patches);
    }
    if (options.registry().isPresent() || options.tag().isPresent()) {
      text.append("images:\n");
      images.forEach(image -> text.append(image(image)));
    }
    return text.toString();
  }

  private String patches() {
    StringBuilder text = new StringBuilder();
    if (options.withoutGateway()) {
      text.append(without("gateway.networking.k8s.io/v1", "Gateway"))
        .append(without("gateway.networking.k8s.io/v1", "HTTPRoute"));
    } else {
      options.host().ifPresent(host -> text.append(host(host)));
      options.gatewayClass().ifPresent(name -> text.append("""
            - target:
                kind: Gateway
                name: knatter
              patch: |
                - {op: replace, path: /spec/gatewayClassName, value: "%s"}
          """.formatted(name)));
    }
    if (options.withoutEventing()) {
      text.append(without("sources.knative.dev/v1", "PingSource"))
        .append(without("sources.knative.dev/v1", "SinkBinding"))
        .append(without("eventing.knative.dev/v1", "Trigger"))
        .append(without("eventing.knative.dev/v1", "Broker"));
    }
    digests.forEach((function, digest) -> text.append("""
          - target:
              group: serving.knative.dev
              kind: Service
              name: %s
            patch: |
              - {op: add, path: /spec/template/metadata/annotations/knatter.dev~1image, value: "%s"}
        """.formatted(function, digest)));
    return text.toString();
  }

  private static String host(String host) {
    return """
          - target:
              kind: Gateway
              name: knatter
            patch: |
              - {op: replace, path: /spec/listeners/0/hostname, value: %1$s}
              - {op: replace, path: /spec/listeners/1/hostname, value: %1$s}
          - target:
              kind: HTTPRoute
              name: knatter|knatter-conversations|knatter-web
            patch: |
              - {op: replace, path: /spec/hostnames/0, value: %1$s}
        """.formatted(host);
  }

  /** Of all that are of a kind. */
  private static String without(String version, String kind) {
    return """
          - target:
              kind: %2$s
            patch: |
              {apiVersion: %1$s, kind: %2$s, metadata: {name: any}, $patch: delete}
        """.formatted(version, kind);
  }

  private String image(String image) {
    String name = image.substring(image.lastIndexOf('/') + 1);
    StringBuilder text = new StringBuilder("  - name: " + image + "\n");
    options.registry().ifPresent(registry -> text.append("    newName: " + registry + "/" + name + "\n"));
    options.tag().ifPresent(tag -> text.append("    newTag: \"" + tag + "\"\n"));
    return text.toString();
  }
}
