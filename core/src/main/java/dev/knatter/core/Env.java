package dev.knatter.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The environment a process was started with, which is all the configuration there is. Names are listed in the
 * README. A blank value counts as absent; a wrong one stops the start with a message that names the variable.
 */
public final class Env {
  private final Function<String, @Nullable String> source;

  private Env(Function<String, @Nullable String> source) {
    this.source = source;
  }

  /** The variables of this process. */
  public static Env system() {
    return new Env(System::getenv);
  }

  /** Variables from a map, for tests and for processes that hold several functions. */
  public static Env of(Map<String, String> variables) {
    return new Env(Map.copyOf(variables)::get);
  }

  public Optional<String> find(String name) {
    return Optional.ofNullable(source.apply(name)).map(String::strip).filter(value -> !value.isEmpty());
  }

  public String get(String name, String otherwise) {
    return find(name).orElse(otherwise);
  }

  public String require(String name) {
    return find(name).orElseThrow(() -> new IllegalStateException(name + " is not set."));
  }

  /** A path named by a variable. */
  public Optional<Path> findPath(String name) {
    return find(name).map(Path::of);
  }

  /** The text of the file that a variable names, without the white space around it: how a secret arrives. */
  public String readFile(String name) {
    Path file = Path.of(require(name));
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new IllegalStateException(name + " names " + file + ", which cannot be read.", e);
    }
  }
}
