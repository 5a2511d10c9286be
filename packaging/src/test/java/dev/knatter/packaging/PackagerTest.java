package dev.knatter.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import dev.knatter.embedded.Checkout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for any program, shown with the smallest one. */
final class PackagerTest {
  private static final long SEED = 20_260_101L;
  /** {@code -Dknatter.soak} kills it more often. */
  private static final int KILLS = System.getProperty("knatter.soak") == null ? 2 : 20;
  private static final Set<String> MODULES = Set.of("java.base");

  @TempDir
  Path folder;

  /** Packages it in a process of its own, so that the test can kill that. */
  static final class Main {
    public static void main(String[] args) throws Exception {
      try (Packager packager = Packager.open(Path.of(args[0]), MODULES, _ -> {})) {
        packager.make(List.of(answering(200)));
      }
    }
  }

  private static Program answering(int status) {
    return new Program("answering", List.of(Checkout.root().resolve("packaging/target/test-classes")),
        Optional.empty(),
        Answering.class.getName(), List.of(), Map.of(), () -> List.of(TrainingRequest.get("/", status)));
  }

  @Test
  void killedAtAnyMoment_leavesNothingThatIsTakenForWhole() throws Exception {
    Path dist = folder.resolve("dist");
    PackageFolder packaged = new PackageFolder(dist.resolve("answering"));
    Random random = new Random(SEED);
    long start = System.nanoTime();
    assertThat(packaging(dist).waitFor()).isZero();
    long whole = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    assertThat(starts(packaged)).isTrue();
    for (int i = 0; i < KILLS; i++) {
      if (i == KILLS / 2) {
        Files.move(packaged.folder(), folder.resolve("before")); // from now on there is nothing to fall back to
      }
      Process process = packaging(dist);
      boolean finished = process.waitFor(random.nextLong(whole), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      boolean started = starts(packaged);
      assertThat(started).as("seed %d, kill %d", SEED, i).isEqualTo(Files.exists(packaged.folder()));
      if (started) {
        packaged.verified();
      } else {
        assertThat(finished).isFalse();
      }
    }
    assertThat(packaging(dist).waitFor()).isZero();
    assertThat(starts(packaged.verified())).isTrue();
    try (var files = Files.list(dist)) {
      assertThat(files.map(path -> path.getFileName().toString()))
        .containsExactlyInAnyOrder(".lock", "runtime", "answering");
    }
  }

  @Test
  void anotherAnswerThanExpected_failsAndLeavesWhatWasThere() throws Exception {
    Path dist = Files.createDirectories(folder.resolve("dist"));
    Path before = Files.createDirectories(dist.resolve("answering")).resolve("run");
    Files.writeString(before, "what was there");
    try (Packager packager = Packager.open(dist, MODULES, _ -> {})) {
      assertThatThrownBy(() -> packager.make(List.of(answering(404))))
        .hasMessageContaining("answering answers GET / with 200 instead of 404");
      assertThatThrownBy(() -> Packager.open(dist, MODULES, _ -> {}))
        .hasMessageContaining("Another ./knatter package is at work");
    }
    assertThat(before).hasContent("what was there");
    assertThatThrownBy(() -> new PackageFolder(dist.resolve("answering")).verified())
      .hasMessageContaining("is not a packaged program");
  }

  private Process packaging(Path dist) throws IOException {
    return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-cp",
        System.getProperty("java.class.path"), Main.class.getName(), dist.toString())
      .inheritIO()
      .start();
  }

  private boolean starts(PackageFolder packaged) throws Exception {
    if (!Files.exists(packaged.folder().resolve("run"))) {
      return false;
    }
    try (Started started = Started.run(packaged, Map.of(), folder)) {
      return started.becomesReady() && started.stop() == 0;
    }
  }
}
