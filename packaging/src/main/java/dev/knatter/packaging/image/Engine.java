package dev.knatter.packaging.image;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A program on this machine that keeps and runs images.
 *
 * @param command takes an image from a file, whose name stands in place of %s
 */
record Engine(List<String> command) {
  private static final List<Engine> ALL = List.of(
      new Engine(List.of("docker", "load", "--input", "%s")),
      new Engine(List.of("podman", "load", "--input", "%s")),
      new Engine(List.of("buildah", "pull", "oci-archive:%s")));

  Engine {
    command = List.copyOf(command);
  }

  /** The first that is on the path. */
  static Optional<Engine> find(String path) {
    return ALL.stream()
      .filter(engine -> Arrays.stream(path.split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, engine.toString()))))
      .findFirst();
  }

  /** @throws IllegalStateException with what it said */
  void load(Path tar) throws InterruptedException {
    List<String> words = new ArrayList<>(command);
    words.replaceAll(word -> word.replace("%s", tar.toString()));
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(
            "%s does not take %s: %s%nWith --output DIR, tars are only written.".formatted(this, tar, said));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return command.getFirst();
  }
}
