package dev.knatter.packaging.image;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program on this machine that keeps and runs images.
 *
 * @param arguments by which it takes an image from a file, whose name stands in place of %s
 */
record Engine(Path program, List<String> arguments) {
  private static final List<List<String>> ALL = List.of(
      List.of("docker", "load", "--input", "%s"),
      List.of("podman", "load", "--input", "%s"),
      List.of("buildah", "pull", "oci-archive:%s"));

  Engine {
    arguments = List.copyOf(arguments);
  }

  /** Those on the path. Whether one works, only a try says: docker is often there without its daemon. */
  static List<Engine> onPath(String path) {
    List<Engine> engines = new ArrayList<>();
    for (List<String> command : ALL) {
      Stream.of(path.split(File.pathSeparator))
        .map(folder -> Path.of(folder, command.getFirst()))
        .filter(Files::isExecutable)
        .findFirst()
        .ifPresent(program -> engines.add(new Engine(program, command.subList(1, command.size()))));
    }
    return engines;
  }

  /** @return why it does not take it, in one line; empty when it has taken it */
  Optional<String> load(Path tar) throws InterruptedException {
    List<String> words = new ArrayList<>(List.of(program.toString()));
    arguments.forEach(word -> words.add(word.replace("%s", tar.toString())));
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      process.getOutputStream().close();
      List<String> said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
        .filter(line -> !line.isBlank())
        .toList();
      if (process.waitFor() == 0) {
        return Optional.empty();
      }
      return Optional.of(said.isEmpty() ? "it does not say why" : said.getLast().strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return String.valueOf(program.getFileName());
  }
}
