package dev.knatter.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.knatter.embedded.Checkout;

/** {@code ./knatter deploy}: brings the product to the cluster of kubectl's current context. */
final class DeployMain {
  private static final int FAILED = 1;
  private static final int WRONG_USE = 2;
  /** Where ./knatter image leaves the digest of each image that it has made. */
  private static final Path IMAGES = Checkout.root().resolve("target/image");
  private static final String TIMEOUT = "--timeout=5m";

  private final Kubectl kubectl;
  private final DeployOptions options;
  private final Path folder;

  private DeployMain(Kubectl kubectl, DeployOptions options, Path folder) {
    this.kubectl = kubectl;
    this.options = options;
    this.folder = folder;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    if (List.of(args).contains("--help")) {
      System.out.println(DeployOptions.USAGE);
      return;
    }
    // Private to us from the first moment on: keys are in it for a moment. Two folders below the root, as the overlay is.
    Path target = Files.createDirectories(Checkout.root().resolve("target"));
    Path folder = Files.createTempDirectory(target, "deploy");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
    try {
      DeployOptions options = DeployOptions.parse(List.of(args));
      new DeployMain(Kubectl.find(folder), options, folder).run();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println(DeployOptions.USAGE);
      System.exit(WRONG_USE);
    } catch (IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(FAILED);
    }
  }

  private void run() throws IOException, InterruptedException {
    List<String> images = Overlay.images(kubectl, options, folder);
    Path made = options.images().orElse(IMAGES);
    Map<String, String> digests = Overlay.digests(made, images);
    String rendered = Overlay.render(kubectl, options, folder, images, digests);
    if (options.dryRun()) {
      System.out.println(rendered);
      return;
    }
    if (options.images().isPresent() && digests.isEmpty()) {
      throw new IllegalStateException("There is no digest of an image in " + made + ".");
    }
    System.out.println("To the cluster of context " + Cluster.check(kubectl, options, rendered));
    System.out.print(told(made, digests, images.size()));
    makeSecrets(options.withoutGateway() ? "" : Overlay.host(rendered));
    inNamespace("delete", "job", "schema", "--ignore-not-found", "--wait");
    Rollout rollout = Rollout.of(rendered);
    if (options.atOnce()) {
      apply(rollout.whole());
      awaitSchema();
      inNamespace("wait", "ksvc", "--all", "--for=condition=Ready", TIMEOUT);
      awaitBroker();
    } else {
      apply(rollout.before());
      awaitSchema();
      for (Rollout.Wave wave : rollout.waves()) {
        apply(wave.yaml());
        inNamespace(words(List.of("wait", "--for=condition=Ready", TIMEOUT),
            wave.functions().stream().map(function -> "ksvc/" + function).toList()));
        if (wave.functions().contains(Rollout.DEAD_LETTERS)) {
          awaitBroker();
        }
      }
      apply(rollout.after());
    }
    eventing();
    if (options.withoutGateway()) {
      inNamespace("get", "ksvc", "--output=custom-columns=NAME:.metadata.name,URL:.status.url");
    } else {
      open(Overlay.host(rendered));
    }
  }

  /** What is deployed of what was made here. */
  static String told(Path made, Map<String, String> digests, int images) {
    StringBuilder text = new StringBuilder();
    digests.forEach((function, digest) -> text.append("%s %s%n".formatted(function, digest)));
    if (digests.isEmpty()) {
      text.append(
          "No image was made here (%s): what runs under the same tag stays as it is.%n".formatted(made));
    } else if (digests.size() < images) {
      text.append("The others were not made here: what runs of them under the same tag stays as it is.%n"
        .formatted());
    }
    return text.toString();
  }

  private void makeSecrets(String host) throws IOException, InterruptedException {
    List<Secret> secrets = Secrets.missing(secretsThere(), options, host, folder);
    // The namespace is in what is rendered as well; the secrets need it first.
    kubectl.show("apply", "--filename", Checkout.root().resolve("knative/base/namespace.yaml").toString());
    for (Secret secret : secrets) {
      System.out.println("Making " + secret);
    }
    if (!secrets.isEmpty()) {
      kubectl.feed(String.join("", secrets.stream().map(Secret::yaml).toList()), "create", "--filename", "-");
    }
  }

  private void apply(String yaml) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("part.yaml"), yaml);
    kubectl.show("apply", "--filename", file.toString());
  }

  private void awaitSchema() throws InterruptedException {
    System.out.println("Waiting for the schema, and then for the functions");
    inNamespace("wait", "job/schema", "--for=condition=Complete", TIMEOUT);
  }

  /** Until functions that are applied from now on are told where the broker is. */
  private void awaitBroker() throws InterruptedException {
    if (!options.withoutEventing()) {
      System.out.println("Waiting for the broker");
      inNamespace("wait", "broker,sinkbinding", "--selector", Cluster.OURS, "--for=condition=Ready", TIMEOUT);
    }
  }

  /** An earlier deployment may have left what this one does without; either PingSource or CronJob calls outbox. */
  private void eventing() throws InterruptedException {
    if (!options.withoutEventing()) {
      inNamespace("wait", "trigger,pingsource", "--selector", Cluster.OURS, "--for=condition=Ready", TIMEOUT);
      inNamespace("delete", "cronjob", "outbox", "--ignore-not-found");
    } else if (Cluster.hasEventing(kubectl)) {
      inNamespace("delete", "pingsource,trigger,sinkbinding,broker", "--selector", Cluster.OURS,
          "--ignore-not-found");
      inNamespace("delete", "pingsource", "outbox", "--ignore-not-found"); // of earlier releases, without the label
    }
  }

  private void open(String host) throws InterruptedException {
    System.out
      .println("Waiting for the gateway, which needs an address of a LoadBalancer: knative/README.md");
    inNamespace("wait", "gateway/knatter", "--for=condition=Programmed", TIMEOUT);
    for (String condition : List.of("Accepted", "ResolvedRefs")) {
      kubectl.show("wait", "httproute", "--all-namespaces", "--selector", Cluster.OURS,
          "--for=jsonpath={.status.parents[0].conditions[?(@.type==\"" + condition + "\")].status}=True",
          TIMEOUT);
    }
    System.out.printf("https://%s, at address %s%n", host,
        kubectl.read("--namespace", Cluster.NAMESPACE, "get",
            "gateway", "knatter", "--output", "jsonpath={.status.addresses[*].value}"));
  }

  private void inNamespace(String... words) throws InterruptedException {
    kubectl.show(words(List.of("--namespace", Cluster.NAMESPACE), List.of(words)));
  }

  private static String[] words(List<String> first, List<String> more) {
    return Stream.concat(first.stream(), more.stream()).toArray(String[]::new);
  }

  private List<String> secretsThere() throws InterruptedException {
    return kubectl.read("--namespace", Cluster.NAMESPACE, "get", "secret", "--output",
        "jsonpath={range .items[*]}{.metadata.name}{\"\\n\"}{end}")
      .lines()
      .toList();
  }

  private static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      System.err.println("Delete " + folder + ": it may hold keys. " + e.getMessage());
    }
  }
}
