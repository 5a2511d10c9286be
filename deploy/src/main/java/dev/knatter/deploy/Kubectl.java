package dev.knatter.deploy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program kubectl, with the context that it has. */
final class Kubectl {
  private final Path errors;

  private Kubectl(Path errors) {
    this.errors = errors;
  }

  /**
   * @param scratch a folder for what it complains about
   * @throws IllegalStateException if it is not there
   */
  static Kubectl find(Path scratch) throws InterruptedException {
    Kubectl kubectl = new Kubectl(scratch.resolve("kubectl-errors"));
    kubectl.read("version", "--client");
    return kubectl;
  }

  /**
   * What it answers.
   *
   * @throws IllegalStateException with its complaint, in one line
   */
  String read(String... words) throws InterruptedException {
    return run("", ProcessBuilder.Redirect.PIPE, words);
  }

  /** The same with something to read for it. */
  String feed(String input, String... words) throws InterruptedException {
    return run(input, ProcessBuilder.Redirect.PIPE, words);
  }

  /** The same, with what it says shown as it comes. */
  void show(String... words) throws InterruptedException {
    run("", ProcessBuilder.Redirect.INHERIT, words);
  }

  private String run(String input, ProcessBuilder.Redirect output, String... words)
      throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("kubectl"));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(output)
      .redirectError(errors.toFile());
    Process process = start(builder);
    try {
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("kubectl " + String.join(" ", words) + ": " + complaint());
      }
      return answer.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      process.destroy();
    }
  }

  private static Process start(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new IllegalStateException(
          "kubectl is not on the path. Install it: https://kubernetes.io/docs/tasks/tools/", e);
    }
  }

  /** The last thing that it said: it repeats itself before. */
  private String complaint() throws IOException {
    List<String> lines = Files.readAllLines(errors).stream().filter(line -> !line.isBlank()).toList();
    return lines.isEmpty() ? "it has failed and does not say why" : lines.getLast().strip();
  }
}
