package dev.knatter.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildTest {
  /** Starts something that sleeps, says which process that is, and waits to be killed. */
  static final class Owner {
    private Owner() {}

    public static void main(String[] args) throws IOException {
      Child child = Child.prepare(List.of("sleep", "600"), Map.of(), Path.of(args[0]));
      child.start();
      System.out.println(child.pid());
      var _ = System.in.read();
    }
  }

  @Test
  void program_ofAnOwnerThatIsKilled_ends(@TempDir Path folder) throws IOException, InterruptedException {
    Process owner = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"), Owner.class.getName(), folder.resolve("log").toString())
      .start();
    ProcessHandle program = ProcessHandle.of(Long.parseLong(owner.inputReader().readLine())).orElseThrow();

    owner.destroyForcibly().waitFor();

    await().until(() -> !program.isAlive());
  }

  @Test
  void program_thatIsClosed_endsAndHasWrittenItsLog(@TempDir Path folder) throws IOException {
    Path log = folder.resolve("log");
    ProcessHandle program;
    try (Child child = Child.prepare(List.of("sh", "-c", "echo $KNATTER_X; exec sleep 600"),
        Map.of("KNATTER_X", "set"), log)) {
      child.start();
      program = ProcessHandle.of(child.pid()).orElseThrow();
      await().untilAsserted(() -> assertThat(log).hasContent("set"));
      assertThat(program.isAlive()).isTrue();
    }
    await().until(() -> !program.isAlive());
  }
}
