package dev.knatter.packaging;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is to be packaged: a server that listens on {@code PORT}, answers {@code GET /healthz} with 200 when it is
 * ready, and ends with 0 on SIGTERM.
 *
 * @param name        of its folder
 * @param classPath   jars and folders of classes, of which the first to have a file wins
 * @param bill        its bill of materials, where there is one
 * @param options     of the JVM, besides those that all programs have
 * @param environment which it needs besides {@code PORT} while it is trained
 * @param session     the requests of its training, made just before they are sent, since tokens and ids age
 */
public record Program(String name, List<Path> classPath, Optional<Path> bill, String mainClass,
    List<String> options, Map<String, String> environment,
    Supplier<List<TrainingRequest>> session) {
  public Program {
    if (!name.matches("[a-z][a-z0-9-]{0,62}") || name.equals(PackageFolder.RUNTIME)) {
      throw new IllegalArgumentException("Not a name for a program: " + name);
    }
    classPath = List.copyOf(classPath);
    options = List.copyOf(options);
    environment = Map.copyOf(environment);
  }
}
