package dev.knatter.local.knative;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names of environment variables that code reads. They are written out where they are read, and nowhere else. One
 * that names a file with a secret counts as the secret's.
 */
final class Names {
  private static final Pattern NAME = Pattern.compile("\"(KNATTER_[A-Z0-9_]+?|PORT)(_FILE)?\"");
  private static final String[] SHARED = {"shared", "chat", "guard", "adapter"};

  private Names() {}

  /** What a function's process can read: its own names and those of the libraries. */
  static Set<String> readBy(String function) {
    String[] modules = Arrays.copyOf(SHARED, SHARED.length + 1);
    modules[SHARED.length] = "functions/" + function;
    return readIn(modules);
  }

  static Set<String> readIn(String... modules) {
    Set<String> names = new TreeSet<>();
    for (String module : modules) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
        files.filter(file -> file.toString().endsWith(".java"))
          .map(Manifests::text)
          .map(NAME::matcher)
          .flatMap(Matcher::results)
          .forEach(result -> names.add(result.group(1)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return names;
  }
}
