package dev.knatter.packaging.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import dev.knatter.embedded.Checkout;

/** {@code ./knatter deploy}: brings the product to the cluster of kubectl's current context. */
final class DeployMain {
  private static final int FAILED = 1;
  private static final int WRONG_USE = 2;
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
    String rendered = Overlay.render(kubectl, options, folder);
    String host = Overlay.host(rendered);
    if (options.dryRun()) {
      System.out.println(rendered);
      return;
    }
    System.out.println("To the cluster of context " + Cluster.check(kubectl, Overlay.gatewayClass(rendered)));
    List<Secret> secrets = Secrets.missing(secretsThere(), options, host, folder);
    // The namespace is in what is rendered as well; the secrets need it first.
    kubectl.show("apply", "--filename", Checkout.root().resolve("knative/base/namespace.yaml").toString());
    for (Secret secret : secrets) {
      System.out.println("Making " + secret);
    }
    if (!secrets.isEmpty()) {
      kubectl.feed(String.join("", secrets.stream().map(Secret::yaml).toList()), "create", "--filename", "-");
    }
    kubectl.show("--namespace", Cluster.NAMESPACE, "delete", "job", "schema", "--ignore-not-found", "--wait");
    Path file = Files.writeString(folder.resolve("rendered.yaml"), rendered);
    kubectl.show("apply", "--filename", file.toString());
    System.out.println("Waiting for the schema, and then for the functions");
    kubectl.show("--namespace", Cluster.NAMESPACE, "wait", "job/schema", "--for=condition=Complete", TIMEOUT);
    kubectl.show("--namespace", Cluster.NAMESPACE, "wait", "ksvc", "--all", "--for=condition=Ready", TIMEOUT);
    kubectl.show("--namespace", Cluster.NAMESPACE, "wait", "pingsource", "--all", "--for=condition=Ready",
        TIMEOUT);
    kubectl.show("--namespace", Cluster.NAMESPACE, "wait", "gateway/knatter", "--for=condition=Programmed",
        TIMEOUT);
    for (String condition : List.of("Accepted", "ResolvedRefs")) {
      kubectl.show("wait", "httproute", "--all-namespaces", "--selector", Cluster.OURS,
          "--for=jsonpath={.status.parents[0].conditions[?(@.type==\"" + condition + "\")].status}=True",
          TIMEOUT);
    }
    System.out.printf("https://%s, at address %s%n", host,
        kubectl.read("--namespace", Cluster.NAMESPACE, "get",
            "gateway", "knatter", "--output", "jsonpath={.status.addresses[*].value}"));
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
