package dev.knatter.packaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.knatter.embedded.ChildProcess;
import dev.knatter.packaging.launch.Fingerprint;
import dev.knatter.packaging.launch.Launcher;

/**
 * Packages programs into a folder, each beside the runtime that they share. What is made becomes visible when it is
 * whole: after a kill half way, there is what was there before, or nothing.
 */
public final class Packager implements AutoCloseable {
  private static final Duration CREATION = Duration.ofMinutes(3);
  private static final String RUN = """
      #!/bin/sh
      # Starts the program in the place of this shell, so that signals reach it, and in its own folder, since the JVM knows
      # the jar by this relative name. The folder may lie anywhere, as long as the runtime lies beside it.
      case $0 in
        */*) CDPATH='' cd "${0%/*}" || exit ;;
      esac
      exec ../runtime/bin/java -XX:AOTMode=on -XX:AOTCache=app.aot -cp app.jar @app.options
      """;

  private final Path dist;
  private final StagingFolder staging;
  private final Consumer<String> progress;
  private final Path runtime;

  private Packager(Path dist, StagingFolder staging, Consumer<String> progress) {
    this.dist = dist;
    this.staging = staging;
    this.progress = progress;
    this.runtime = staging.folder().resolve(PackageFolder.RUNTIME);
  }

  /**
   * Links the runtime.
   *
   * @param modules  of the JDK, which the programs use
   * @param dist     where the folders of the programs are to be, made when missing
   * @param progress receives lines for the user
   * @throws IllegalStateException if another packager is at work there; the message is for the user
   */
  public static Packager open(Path dist, Collection<String> modules, Consumer<String> progress)
      throws IOException {
    Path place = dist.toAbsolutePath().normalize();
    Packager packager = new Packager(place, StagingFolder.open(place), progress);
    try {
      progress.accept("Linking the runtime");
      JavaRuntime.link(modules, packager.runtime);
      return packager;
    } catch (RuntimeException e) {
      packager.close();
      throw e;
    }
  }

  /** For what a program needs while it is trained; gone with this packager. */
  public Path scratch() {
    return staging.folder();
  }

  /**
   * Packages programs: all of them, or none is seen.
   *
   * @throws IllegalStateException where one does not work; the message is for the user
   */
  public List<PackageFolder> make(List<Program> programs) throws IOException, InterruptedException {
    List<PackageFolder> made = new ArrayList<>();
    for (Program program : programs) {
      made.add(make(program));
    }
    return publish(made);
  }

  private PackageFolder make(Program program) throws IOException, InterruptedException {
    PackageFolder made = new PackageFolder(staging.folder().resolve(program.name()));
    Files.createDirectories(made.folder());
    progress.accept("Packaging " + program.name());
    FlatJar.of(program.classPath(), LauncherFiles.files()).write(made.jar());
    if (program.bill().isPresent()) {
      Files.copy(program.bill().get(), made.bill());
    }
    writeStart(made, program);
    train(made, program);
    writeDigest(made, List.of(made.jar(), made.cache()));
    Training.run(program, made, made.command(), List.of(), log(program, "start"));
    return made;
  }

  private void writeStart(PackageFolder made, Program program) throws IOException {
    List<String> options = new ArrayList<>(Jvm.OPTIONS);
    options.addAll(program.options());
    options.add(Launcher.class.getName());
    options.add(program.mainClass());
    Files.write(made.folder().resolve(PackageFolder.OPTIONS), options);
    Path run = Files.writeString(made.folder().resolve(PackageFolder.RUN), RUN);
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void train(PackageFolder made, Program program) throws IOException, InterruptedException {
    progress.accept("Training " + program.name());
    writeDigest(made, List.of(made.jar()));
    Path recorded = staging.folder().resolve(program.name() + ".aotconf");
    Training.run(program, made, made.java("-XX:AOTMode=record", "-XX:AOTConfiguration=" + recorded),
        program.session().get(), log(program, "training"));
    try (ChildProcess creation = ChildProcess.start(
        made.java("-XX:AOTMode=create", "-XX:AOTConfiguration=" + recorded,
            "-XX:AOTCache=" + PackageFolder.CACHE),
        made.folder(), Map.of(), log(program, "creation"))) {
      Training.requireSuccess("Making the AOT cache of " + program.name(), creation, CREATION);
    }
    Files.delete(recorded);
  }

  private static void writeDigest(PackageFolder made, List<Path> files) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path file : files) {
      text.append(file.getFileName()).append(' ').append(Fingerprint.of(file.toFile())).append('\n');
    }
    Files.writeString(made.digest(), text, StandardCharsets.US_ASCII);
  }

  private Path log(Program program, String what) {
    return staging.folder().resolve(program.name() + "-" + what + ".log");
  }

  private List<PackageFolder> publish(List<PackageFolder> made) throws IOException {
    for (PackageFolder each : made) {
      Manifest.write(each.folder(), runtime);
    }
    staging.finish(runtime, dist.resolve(PackageFolder.RUNTIME));
    List<PackageFolder> published = new ArrayList<>();
    for (PackageFolder each : made) {
      Path place = dist.resolve(each.folder().getFileName());
      staging.finish(each.folder(), place);
      published.add(new PackageFolder(place).verified());
    }
    withdrawStale();
    progress.accept("Packaged " + published.stream()
      .map(each -> each.folder().toString())
      .collect(Collectors.joining(", ")));
    return published;
  }

  /** Takes away what an earlier run has packaged with another runtime: it would not start any more. */
  private void withdrawStale() throws IOException {
    try (Stream<Path> folders = Files.list(dist)) {
      for (Path folder : folders.filter(path -> Files.exists(path.resolve(Manifest.NAME))).toList()) {
        String wrong = Manifest.check(folder, dist.resolve(PackageFolder.RUNTIME));
        if (!wrong.isEmpty()) {
          progress.accept("%s is removed: %s".formatted(folder.getFileName(), wrong));
          staging.discard(folder);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    staging.close();
  }
}
