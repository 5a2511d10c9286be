package dev.knatter.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildProcessTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir
  Path folder;

  /** A JVM that starts a program which sleeps, prints the program's process id, and waits until it is killed. */
  static final class Owner {
    private Owner() {}

    public static void main(String[] args) throws IOException {
      ChildProcess child = ChildProcess.start(List.of("sleep", "600"), Path.of(args[0]), Map.of(),
          Path.of(args[0], "log"));
      System.out.println(child.pid());
      var _ = System.in.read();
    }
  }

  @Test
  void program_ofAnOwnerThatIsKilled_ends() throws IOException, InterruptedException {
    Process owner = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp", System.getProperty("java.class.path"), Owner.class.getName(), folder.toString())
      .start();
    ProcessHandle program = ProcessHandle.of(Long.parseLong(owner.inputReader().readLine())).orElseThrow();

    owner.destroyForcibly().waitFor();

    await().until(() -> !program.isAlive());
  }

  @Test
  void program_thatIsClosed_endsAndHasWrittenItsLog() {
    Path log = folder.resolve("log");
    ProcessHandle program;
    try (ChildProcess child = start("echo $KNATTER_X in $PWD; exec sleep 600")) {
      program = ProcessHandle.of(child.pid()).orElseThrow();
      await().untilAsserted(() -> assertThat(log).hasContent("set in " + folder));
      assertThat(program.isAlive()).isTrue();
    }
    await().until(() -> !program.isAlive());
  }

  @Test
  void program_thatIsPreparedAndNeverStarted_isNeverRun() {
    ChildProcess child = ChildProcess.prepare(List.of("touch", "made"), folder, Map.of(),
        folder.resolve("log"));
    child.close();
    await().until(() -> !child.isAlive());
    assertThat(folder.resolve("made")).doesNotExist();
  }

  @Test
  void exitStatus_isThatOfTheProgram() throws Exception {
    try (ChildProcess failing = start("exit 3"); ChildProcess stopped = start("exec sleep 600")) {
      assertThat(failing.exitStatus(LIMIT)).isEqualTo(3);
      stopped.signal("KILL");
      assertThat(stopped.exitStatus(LIMIT)).isEqualTo(128 + 9);
    }
  }

  @Test
  void exitStatus_ofAProgramThatGoesOn_failsWithItsLog() {
    try (ChildProcess child = start("echo last words; exec sleep 600")) {
      await().until(() -> child.lastLines().contains("last words"));
      assertThatThrownBy(() -> child.exitStatus(Duration.ofMillis(10)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("last words");
    }
  }

  private ChildProcess start(String script) {
    return ChildProcess.start(List.of("sh", "-c", script), folder, Map.of("KNATTER_X", "set"),
        folder.resolve("log"));
  }
}
