package dev.knatter.packaging.image;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import com.google.cloud.tools.jib.api.JibContainer;
import dev.knatter.embedded.Checkout;
import dev.knatter.packaging.Packaged;

/** {@code ./knatter image}: images of what {@code ./knatter package} has made. */
public final class ImageMain {
  private static final int FAILED = 1;
  private static final int WRONG_USE = 2;
  private static final Path TARGET = Checkout.root().resolve("target");
  /** Of each image that was made: a file {@code knatter-FUNCTION.digest} with its digest. */
  public static final Path MADE = TARGET.resolve("image");

  private final ImageOptions options;
  private final Path packages;
  private final Path output;
  private final Optional<Engine> engine;

  /** @param packages the folder of packaged functions */
  ImageMain(ImageOptions options, Path packages, Optional<Engine> engine) {
    this.options = options;
    this.packages = packages;
    this.output = options.output().orElse(MADE);
    this.engine = options.output().isPresent() ? Optional.empty() : engine;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    if (List.of(args).contains("--help")) {
      System.out.println(ImageOptions.USAGE);
      return;
    }
    try {
      requireLinux();
      Optional<Engine> engine = Engine.find(Objects.requireNonNullElse(System.getenv("PATH"), ""));
      new ImageMain(ImageOptions.parse(List.of(args)), TARGET.resolve("package"), engine).run();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println(ImageOptions.USAGE);
      System.exit(WRONG_USE);
    } catch (IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(FAILED);
    }
  }

  /** What is packaged is made of this machine's programs. */
  private static void requireLinux() {
    if (!System.getProperty("os.name").equals("Linux")) {
      throw new IllegalStateException(
          "An image holds what was packaged for Linux: run ./knatter package and ./knatter image there.");
    }
  }

  /** Makes all of them, or as many as work. */
  void run() throws IOException, InterruptedException {
    Files.createDirectories(output);
    List<String> functions = options.functions().isEmpty() ? packaged() : options.functions();
    for (String function : functions) {
      make(function);
    }
    if (options.registry().isEmpty() && engine.isEmpty()) {
      System.out.printf("Load one into a container engine with: docker load --input %s%n",
          output.resolve("knatter-" + functions.getFirst() + ".tar"));
    }
  }

  private List<String> packaged() throws IOException {
    if (!Files.isDirectory(packages)) {
      throw new IllegalStateException("Nothing is packaged yet: ./knatter package");
    }
    try (Stream<Path> folders = Files.list(packages)) {
      List<String> names = folders.filter(folder -> Files.exists(folder.resolve("manifest.sha256")))
        .map(folder -> folder.getFileName().toString())
        .sorted()
        .toList();
      if (names.isEmpty()) {
        throw new IllegalStateException("Nothing is packaged yet: ./knatter package");
      }
      return names;
    }
  }

  private void make(String function) throws IOException, InterruptedException {
    Packaged packaged = new Packaged(packages.resolve(function));
    Image image = new Image(packaged, TARGET.resolve("image-cache"));
    String reference = options.reference(function);
    Files.copy(packaged.folder().resolve(Packaged.BILL), output.resolve("knatter-" + function + ".cdx.json"),
        REPLACE_EXISTING);
    if (options.registry().isPresent()) {
      done(function, reference, image.push(options.base(), reference), "pushed");
      return;
    }
    Path tar = output.resolve("knatter-" + function + ".tar");
    Path unfinished = output.resolve(".knatter-" + function + ".tar");
    JibContainer made = image.write(options.base(), reference, unfinished);
    Files.move(unfinished, tar, ATOMIC_MOVE, REPLACE_EXISTING);
    if (engine.isPresent()) {
      engine.get().load(tar);
    }
    done(function, reference, made, engine.map(each -> "loaded into " + each).orElse("in " + tar));
  }

  private void done(String function, String reference, JibContainer made, String where) throws IOException {
    Files.writeString(output.resolve("knatter-" + function + ".digest"), made.getDigest().toString());
    System.out.printf("%s %s %s%n", reference, made.getDigest(), where);
  }
}
