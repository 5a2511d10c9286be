package dev.knatter.packaging.image;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import com.google.cloud.tools.jib.api.JibContainer;
import dev.knatter.embedded.Checkout;
import dev.knatter.packaging.PackageFolder;

/** {@code ./knatter image}: images of what {@code ./knatter package} has made. */
public final class ImageMain {
  private static final int FAILED = 1;
  private static final int WRONG_USE = 2;
  private static final Path TARGET = Checkout.root().resolve("target");
  /** A file {@code knatter-FUNCTION.digest} of each image that was made, wherever the image went; ./knatter deploy reads it. */
  private static final Path MADE = TARGET.resolve("image");

  private final ImageOptions options;
  private final Path packages;
  private final Path made;
  private final Path output;
  private final Deque<Engine> engines;

  /**
   * @param packages the folder of packaged functions
   * @param made     where digests are kept for deploy
   * @param engines  in the order in which they are tried
   */
  ImageMain(ImageOptions options, Path packages, Path made, List<Engine> engines) {
    this.options = options;
    this.packages = packages;
    this.made = made;
    this.output = options.output().orElse(made);
    this.engines = new ArrayDeque<>(options.output().isPresent() ? List.of() : engines);
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    if (List.of(args).contains("--help")) {
      System.out.println(ImageOptions.USAGE);
      return;
    }
    try {
      requireLinux();
      List<Engine> engines = Engine.onPath(Objects.requireNonNullElse(System.getenv("PATH"), ""));
      new ImageMain(ImageOptions.parse(List.of(args)), TARGET.resolve("package"), MADE, engines).run();
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
    Files.createDirectories(made);
    List<String> functions = options.functions().isEmpty() ? packaged() : options.functions();
    for (String function : functions) {
      make(function);
    }
    if (options.registry().isEmpty() && engines.isEmpty()) {
      System.out.printf(
          """
              No container engine has them; each is a tar in %1$s. One of these takes them all:
                for tar in %1$s/knatter-*.tar; do docker load --input $tar; done
                for tar in %1$s/knatter-*.tar; do ctr --namespace k8s.io images import $tar; done   (a node's containerd)
                for tar in %1$s/knatter-*.tar; do kind load image-archive $tar; done
              """,
          output);
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
    PackageFolder packaged = new PackageFolder(packages.resolve(function));
    Image image = new Image(packaged, TARGET.resolve("image-cache"));
    String reference = options.reference(function);
    if (Files.exists(packaged.bill())) {
      Files.copy(packaged.bill(), output.resolve("knatter-" + function + ".cdx.json"), REPLACE_EXISTING);
    }
    if (options.registry().isPresent()) {
      done(function, reference, image.push(options.base(), reference), "pushed");
      return;
    }
    Path tar = output.resolve("knatter-" + function + ".tar");
    Path unfinished = output.resolve(".knatter-" + function + ".tar");
    JibContainer written = image.write(options.base(), reference, unfinished);
    Files.move(unfinished, tar, ATOMIC_MOVE, REPLACE_EXISTING);
    done(function, reference, written, load(tar).map(engine -> "loaded into " + engine).orElse("in " + tar));
  }

  /** The engine that has taken it, if any does; one that does not is not asked again. */
  private Optional<Engine> load(Path tar) throws InterruptedException {
    while (!engines.isEmpty()) {
      Optional<String> refusal = engines.getFirst().load(tar);
      if (refusal.isEmpty()) {
        return Optional.of(engines.getFirst());
      }
      System.out.printf("%s takes no image: %s%n", engines.removeFirst(), refusal.get());
      System.out.println(engines.isEmpty() ? "Leaving tars." : "Going on with " + engines.getFirst() + ".");
    }
    return Optional.empty();
  }

  private void done(String function, String reference, JibContainer image, String where) throws IOException {
    for (Path folder : List.of(output, made)) {
      Files.writeString(folder.resolve("knatter-" + function + ".digest"), image.getDigest().toString());
    }
    System.out.printf("%s %s %s%n", reference, image.getDigest(), where);
  }
}
