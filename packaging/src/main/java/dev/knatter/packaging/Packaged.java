package dev.knatter.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.knatter.packaging.launch.Launcher;

/**
 * The folder of a packaged program, beside the runtime that it shares with others. Together they may be moved and copied.
 */
public record Packaged(Path folder) {
  public static final String RUNTIME = "runtime";

  static final String JAR = "app.jar";
  static final String CACHE = "app.aot";
  /** Options and main class, for {@code java @app.options}. */
  static final String OPTIONS = "app.options";

  public Packaged {
    folder = folder.toAbsolutePath().normalize();
  }

  public Path runtime() {
    return folder.resolveSibling(RUNTIME);
  }

  public Path jar() {
    return folder.resolve(JAR);
  }

  public Path cache() {
    return folder.resolve(CACHE);
  }

  Path digest() {
    return folder.resolve(Launcher.RECORD);
  }

  /**
   * The same after a look at every byte.
   *
   * @throws IllegalStateException naming what is missing or is not what was packaged
   */
  public Packaged verified() {
    try {
      String wrong = Manifest.check(folder, runtime());
      if (!wrong.isEmpty()) {
        throw new IllegalStateException(wrong + ". Package it anew: ./knatter package");
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How it is started: what {@code run} does, without a shell. */
  public List<String> command() {
    return command("-XX:AOTMode=on", "-XX:AOTCache=" + cache());
  }

  /** The same with other options about its cache. */
  List<String> command(String... cacheOptions) {
    List<String> command = new ArrayList<>(List.of(JavaRuntime.java(runtime()).toString()));
    command.addAll(List.of(cacheOptions));
    command.addAll(List.of("-cp", jar().toString(), "@" + folder.resolve(OPTIONS)));
    return command;
  }
}
