package dev.knatter.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The time between the launch of a store and its first answer. */
record Startup(String name, Process process, Path log, Consumer<String> progress) {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration REPORT_EVERY = Duration.ofSeconds(5);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
  private static final long LOOK_EVERY_MILLIS = 20;

  /** Waits until the store answers. If it does not, or if this thread is interrupted, the store is stopped. */
  void await(BooleanSupplier ready) {
    long start = System.nanoTime();
    try {
      await(ready, start);
    } catch (CannotStartException e) {
      process.destroyForcibly();
      throw e;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new CannotStartException("Stopped while %s was starting.".formatted(name), e);
    }
    progress.accept("%s answers (%.1f s)".formatted(name, seconds(start)));
  }

  private void await(BooleanSupplier ready, long start) throws InterruptedException {
    progress.accept("%s is starting".formatted(name));
    long report = REPORT_EVERY.toSeconds();
    while (!ready.getAsBoolean()) {
      if (!process.isAlive()) {
        throw new CannotStartException(
            "%s ended while it was starting. From %s:%n%s".formatted(name, log, ChildProcess.lastLines(log)));
      }
      double seconds = seconds(start);
      if (seconds > LIMIT.toSeconds()) {
        throw new CannotStartException(
            "%s did not start in %d s. From %s:%n%s".formatted(name, LIMIT.toSeconds(), log,
                ChildProcess.lastLines(log)));
      }
      if (seconds > report) {
        progress.accept("%s is still starting (%d s)".formatted(name, report));
        report += REPORT_EVERY.toSeconds();
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
  }

  private static double seconds(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  /**
   * Asks the process to end before it kills it: {@code destroy} sends SIGTERM and closes the pipe from which a shell may
   * read.
   */
  static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
