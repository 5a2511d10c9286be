package dev.knatter.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.knatter.embedded.Checkout;
import dev.knatter.packaging.PackageFolder;
import dev.knatter.packaging.Packager;
import dev.knatter.packaging.Program;
import dev.knatter.packaging.TrainingRequest;
import dev.knatter.packaging.product.Product;

/** What {@code ./knatter package} has made, and the floor, packaged by the same code. */
final class Packages {
  static final String FLOOR = "floor";
  private static final Path PRODUCT = Checkout.root().resolve("target/package");
  private static final Path OURS = Workbench.FOLDER.resolve("package");
  private static final int TRAINING = 50;

  private final Workbench bench;
  private final Crowd crowd;
  private final FirstRequests first;
  private final Consumer<String> progress;

  Packages(Workbench bench, Crowd crowd, FirstRequests first, Consumer<String> progress) {
    this.bench = bench;
    this.crowd = crowd;
    this.first = first;
    this.progress = progress;
  }

  /** @throws IllegalStateException saying what to do, where nothing is packaged */
  static void requireMade() throws IOException {
    if (made().isEmpty()) {
      throw new IllegalStateException("Nothing is packaged. First: ./knatter package");
    }
  }

  /**
   * A function as it was packaged.
   *
   * @throws IllegalStateException saying what to do, where it was not
   */
  static PackageFolder product(String function) {
    return new PackageFolder(PRODUCT.resolve(function)).verified();
  }

  private static List<Path> made() throws IOException {
    if (!Files.isDirectory(PRODUCT)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(PRODUCT)) {
      return folders.filter(folder -> Product.functions().contains(folder.getFileName().toString()))
        .sorted()
        .toList();
    }
  }

  /** All functions that are packaged. */
  List<Contender> functions() throws IOException {
    List<Contender> functions = new ArrayList<>();
    for (Path folder : made()) {
      String name = folder.getFileName().toString();
      functions.add(new Contender(name, product(name).command(), first.of(name)));
    }
    return functions;
  }

  /** Packages it anew. */
  Contender floor() throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(bench.environment());
    Set<String> modules = new HashSet<>(Product.MODULES);
    modules.add("jdk.httpserver");
    Program program = new Program(FLOOR, Product.classPath(Checkout.root().resolve("bench/floor")),
        "dev.knatter.bench.floor.Main", Product.SOON,
        environment,
        this::training);
    try (Packager packager = Packager.open(OURS, modules, progress)) {
      return new Contender(FLOOR, packager.make(List.of(program)).getFirst().command(), first.of("send"));
    }
  }

  private List<TrainingRequest> training() {
    Requests requests = new Requests(bench.env(), crowd);
    Crowd.Pair pair = crowd.writing().get(1);
    String token = "Bearer " + requests.token(pair.one());
    List<TrainingRequest> session = new ArrayList<>();
    for (int i = 0; i < TRAINING; i++) {
      session.add(post(requests.message(pair.other()), 201, token));
    }
    session.add(post("{", 400, token));
    session.add(post("{}", 400, token));
    session.add(post("{\"to\":\"nobody\",\"content\":\"x\"}", 404, token));
    session.add(post("{}", 401, "Bearer e30.e30.e30"));
    return session;
  }

  private static TrainingRequest post(String body, int status, String authorization) {
    return TrainingRequest.post("/v1/send", body, status).header("Authorization", authorization);
  }

  /** The options of the JVM that something was packaged with. */
  static List<String> jvm(PackageFolder packaged) throws IOException {
    try (Stream<String> lines = Files.lines(packaged.folder().resolve("app.options"))) {
      return lines.filter(line -> line.startsWith("-")).toList();
    }
  }

  /** Where the classes are that a program alone has, with slashes. */
  static String codeOf(String program) {
    return program.equals(FLOOR) ? "dev/knatter/bench/sending/" : "dev/knatter/functions/";
  }
}
