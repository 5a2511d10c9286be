package dev.knatter.packaging;

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
  /** Of the jar, and of what is made from it: the AOT cache is for a jar of that very time. */
  public static final Instant TIME = FlatJar.TIME;

  static final String RUN = "run";
  static final String JAR = "app.jar";
  static final String BILL = "app.cdx.json";
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

  public Path cache() {
    return folder.resolve(CACHE);
  }

  /** Which libraries are in the jar, as CycloneDX JSON; not every program has one. */
  public Path bill() {
    return folder.resolve(BILL);
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
   * The same with other options about the cache, in {@link #folder} as the working directory: the JVM knows the jar by
   * the name that it had in training, which stays valid when the folder is moved.
   */
  List<String> java(String... cacheOptions) {
    List<String> command = new ArrayList<>(List.of(JavaRuntime.java(runtime()).toString()));
    command.addAll(List.of(cacheOptions));
    command.addAll(List.of("-cp", JAR, "@" + OPTIONS));
    return command;
  }
}
