package dev.knatter.packaging;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.knatter.packaging.launch.Launcher;

/**
 * The folder of a packaged program, beside the runtime that it shares with others. Together they may be moved and copied.
 */
public record PackageFolder(Path folder) {
  public static final String RUNTIME = "runtime";
  /** What is in the jars, as CycloneDX JSON. */
  public static final String BILL = "app.cdx.json";

  /** Of the jars, and of what is made from them: the AOT cache is for jars of that very time. */
  public static final Instant TIME = FlatJar.TIME;

  static final String RUN = "run";
  static final String JAR = "app.jar";
  static final String FILES = "files.jar";
  static final String SERVICES = "services.jar";
  /** In the order in which they are looked into. */
  static final String CLASS_PATH = String.join(File.pathSeparator, FILES, SERVICES, JAR);
  static final String CACHE = "app.aot";
  /** Options and main class, for {@code java @app.options}. */
  static final String OPTIONS = "app.options";

  public PackageFolder {
    folder = folder.toAbsolutePath().normalize();
  }

  public Path runtime() {
    return folder.resolveSibling(RUNTIME);
  }

  public Path jar() {
    return folder.resolve(JAR);
  }

  public Path files() {
    return folder.resolve(FILES);
  }

  public Path services() {
    return folder.resolve(SERVICES);
  }

  List<Path> jars() {
    return List.of(files(), services(), jar());
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
  public PackageFolder verified() {
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

  /** How it is started, from any working directory. */
  public List<String> command() {
    return List.of(folder.resolve(RUN).toString());
  }

  /** What {@code run} does, without a shell, in {@link #folder} as the working directory. */
  public List<String> java() {
    return java("-XX:AOTMode=on", "-XX:AOTCache=" + CACHE);
  }

  /**
   * The same with other options about the cache, in {@link #folder} as the working directory. The JVM knows
   * its jars by the names that they had in training, and looks for that file for each class that it takes out of the cache:
   * where it is not found, as after any move of the folder, that costs 40 ms.
   */
  List<String> java(String... cacheOptions) {
    List<String> command = new ArrayList<>(List.of(JavaRuntime.java(runtime()).toString()));
    command.addAll(List.of(cacheOptions));
    command.addAll(List.of("-cp", CLASS_PATH, "@" + OPTIONS));
    return command;
  }
}
