package dev.knatter.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

import org.junit.jupiter.api.Test;

final class SchedulingTest {
  @Test
  void process_inBatches_startsOthersThatAreToo() throws IOException, InterruptedException {
    Process shell = new ProcessBuilder("sh", "-c", "read _; sleep 600 & echo $!; wait").start();
    assertThat(Scheduling.of(shell.pid())).isEqualTo(Scheduling.PREEMPTING);

    Scheduling.inBatches(shell.pid());

    shell.outputWriter().append('\n').flush();
    long started = Long.parseLong(shell.inputReader().readLine());
    assertThat(Scheduling.of(shell.pid())).isEqualTo(Scheduling.BATCHES);
    assertThat(Scheduling.of(started)).isEqualTo(Scheduling.BATCHES);
    shell.destroyForcibly();
    ProcessHandle.of(started).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void process_thatIsNot_isScheduledUnknown() {
    assertThat(Scheduling.of(Long.MAX_VALUE)).isEqualTo(Scheduling.UNKNOWN);
  }
}
