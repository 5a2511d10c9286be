package dev.knatter.bench.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
public final class Packages {
  public static final String FLOOR = "floor";
  private static final Path PRODUCT = Checkout.root().resolve("target/package");
  private static final Path OURS = BenchEnvironment.FOLDER.resolve("package");
  private static final int TRAINING = 50;

  private final BenchEnvironment bench;
  private final TestUsers users;
  private final FirstRequests first;
  private final Consumer<String> progress;

  public Packages(BenchEnvironment bench, TestUsers users, FirstRequests first, Consumer<String> progress) {
    this.bench = bench;
    this.users = users;
    this.first = first;
    this.progress = progress;
  }

  /** @throws IllegalStateException saying what to do, where nothing is packaged */
  public static void requireMade() throws IOException {
    if (made().isEmpty()) {
      throw new IllegalStateException("Nothing is packaged. First: ./knatter package");
    }
  }

  /**
   * A function as it was packaged.
   *
   * @throws IllegalStateException saying what to do, where it was not
   */
  public static PackageFolder product(String function) {
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
  public List<MeasuredProgram> functions() throws IOException {
    List<MeasuredProgram> functions = new ArrayList<>();
    for (Path folder : made()) {
      String name = folder.getFileName().toString();
      functions.add(new MeasuredProgram(name, product(name).command(), first.of(name)));
    }
    return functions;
  }

  /** Packages it anew. */
  public MeasuredProgram floor() throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(bench.environment());
    Set<String> modules = new HashSet<>(Product.MODULES);
    modules.add("jdk.httpserver");
    Program program = new Program(FLOOR, Product.classPath(Checkout.root().resolve("bench/floor")),
        Optional.empty(),
        "dev.knatter.bench.floor.Main", Product.SOON,
        environment,
        this::training);
    try (Packager packager = Packager.open(OURS, modules, progress)) {
      return new MeasuredProgram(FLOOR, packager.make(List.of(program)).getFirst().command(),
          first.of("send"));
    }
  }

  private List<TrainingRequest> training() {
    RequestFactory requests = new RequestFactory(bench.env(), users);
    TestUsers.Pair pair = users.writing().get(1);
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
  public static List<String> jvm(PackageFolder packaged) throws IOException {
    try (Stream<String> lines = Files.lines(packaged.folder().resolve("app.options"))) {
      return lines.filter(line -> line.startsWith("-")).toList();
    }
  }

  /** Where the classes are that a program alone has, with slashes. */
  public static String codeOf(String program) {
    return program.equals(FLOOR) ? "dev/knatter/bench/sending/" : "dev/knatter/functions/";
  }
}
