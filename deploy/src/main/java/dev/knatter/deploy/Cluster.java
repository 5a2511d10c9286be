package dev.knatter.deploy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What must be there before anything is applied. */
final class Cluster {
  static final String NAMESPACE = "knatter";
  private static final String PING = "pingsources.sources.knative.dev";
  private static final String GATEWAY = "the Gateway API (https://gateway-api.sigs.k8s.io/guides/; --without-gateway does without)";
  private static final Map<String, String> DEFINITIONS = Map.of(
      "services.serving.knative.dev", "Knative Serving (https://knative.dev/docs/install/)",
      PING, "Knative Eventing (https://knative.dev/docs/install/; --without-eventing does without)",
      "gatewayclasses.gateway.networking.k8s.io", GATEWAY,
      "gateways.gateway.networking.k8s.io", GATEWAY,
      "httproutes.gateway.networking.k8s.io", GATEWAY);
  /** The deployment that takes events for the Brokers of a class. */
  private static final Map<String, String> BROKERS = Map.of("MTChannelBasedBroker", "mt-broker-ingress",
      "Kafka",
      "kafka-broker-receiver");
  /** Of all that is ours, as a selector. */
  static final String OURS = "app.kubernetes.io/part-of=knatter";

  private Cluster() {}

  /**
   * Checks that all of it is there, and that the namespace is Knatter's or does not exist.
   *
   * @param rendered what is to come: a Gateway without its class would wait for ever
   * @return the context's name
   * @throws IllegalStateException naming what is not, and what to do
   */
  static String check(Kubectl kubectl, DeployOptions options, String rendered) throws InterruptedException {
    String context = context(kubectl);
    List<String> defined = defined(kubectl);
    for (String definition : needed(options)) {
      if (!defined.contains(definition)) {
        throw new IllegalStateException("The cluster of context %s lacks %s: it has no %s.".formatted(context,
            DEFINITIONS.get(definition), definition));
      }
    }
    if (!options.withoutEventing()) {
      checkBroker(kubectl, options, Overlay.brokerClass(rendered));
    }
    if (!options.withoutGateway()) {
      if (kubectl.read("get", "namespace", "kourier-system", "--ignore-not-found", "--output", "name")
        .isEmpty()) {
        throw new IllegalStateException(
            "Kourier is not in the cluster. With another ingress of Knative change knative/base/route.yaml first.");
      }
      checkGatewayClass(kubectl, Overlay.gatewayClass(rendered));
    }
    checkNamespace(kubectl);
    return context;
  }

  /** Of the definitions that are looked for, sorted, those without which it does not go. */
  static List<String> needed(DeployOptions options) {
    return DEFINITIONS.keySet()
      .stream()
      .filter(name -> !(options.withoutEventing() && name.equals(PING)))
      .filter(name -> !(options.withoutGateway() && name.endsWith(".gateway.networking.k8s.io")))
      .sorted()
      .toList();
  }

  static boolean hasEventing(Kubectl kubectl) throws InterruptedException {
    return defined(kubectl).contains(PING);
  }

  private static List<String> defined(Kubectl kubectl) throws InterruptedException {
    return lines(kubectl.read("get", "crd", "--output",
        "jsonpath={range .items[*]}{.metadata.name}{\"\\n\"}{end}"));
  }

  /** A Broker of a class that the cluster lacks would be ignored, and never be ready. */
  private static void checkBroker(Kubectl kubectl, DeployOptions options, Optional<String> brokerClass)
      throws InterruptedException {
    String deployment = brokerClass.map(BROKERS::get).orElse("");
    if (!deployment.isEmpty() && kubectl
      .read("--namespace", "knative-eventing", "get", "deployment", deployment,
          "--ignore-not-found", "--output", "name")
      .isEmpty()) {
      throw new IllegalStateException(noBroker(brokerClass.orElseThrow(), deployment, options.overlay()));
    }
  }

  static String noBroker(String brokerClass, String deployment, String overlay) {
    return """
        The cluster has no brokers of class %s: there is no deployment %s in knative-eventing.
        Install them (https://knative.dev/docs/eventing/brokers/broker-types/), or change the class in
        knative/overlays/%s/kustomization.yaml, or do without events: --without-eventing"""
      .formatted(brokerClass, deployment, overlay);
  }

  private static void checkGatewayClass(Kubectl kubectl, String name) throws InterruptedException {
    List<String> classes = lines(kubectl.read("get", "gatewayclass", "--output",
        "jsonpath={range .items[*]}{.metadata.name}{\"\\n\"}{end}"));
    if (!classes.contains(name)) {
      throw new IllegalStateException(
          "The cluster has no GatewayClass %s. %s"
            .formatted(name, classes.isEmpty()
                ? "It has none at all: https://gateway-api.sigs.k8s.io/implementations/"
                : "Name one that it has with --gateway-class: " + String.join(", ", classes)));
    }
  }

  private static String context(Kubectl kubectl) throws InterruptedException {
    try {
      return kubectl.read("config", "current-context");
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          "kubectl has no current context. Name one: kubectl config use-context NAME, of kubectl config get-contexts",
          e);
    }
  }

  private static void checkNamespace(Kubectl kubectl) throws InterruptedException {
    String phase = kubectl.read("get", "namespace", NAMESPACE, "--ignore-not-found", "--output",
        "jsonpath={.status.phase}");
    if (phase.equals("Terminating")) {
      throw new IllegalStateException(
          "Namespace " + NAMESPACE + " is still being deleted. Wait until it is gone.");
    }
    if (!phase.isEmpty() && kubectl.read("get", "namespace", "--selector", OURS, "--field-selector",
        "metadata.name=" + NAMESPACE, "--output", "name")
      .isEmpty()) {
      throw new IllegalStateException(
          "There is a namespace %1$s that is not Knatter's. If it is meant for it: kubectl label namespace %1$s %2$s"
            .formatted(NAMESPACE, OURS));
    }
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).toList();
  }
}
