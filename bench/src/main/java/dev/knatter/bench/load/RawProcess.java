package dev.knatter.bench.load;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.knatter.bench.generator.LoadDuration;
import dev.knatter.bench.generator.MeasurementListener;
import dev.knatter.bench.generator.Outcome;
import dev.knatter.bench.process.Jvm;
import dev.knatter.bench.setup.TestUsers;

/** {@link RawMain}, seen from the outside. */
final class RawProcess implements Closeable {
  private static final long PATIENCE_SECONDS = 10;

  private final Process process;
  private final Writer commands;
  private final BufferedReader answers;
  private final Path log;

  private RawProcess(Process process, Path log) {
    this.process = process;
    this.commands = process.outputWriter();
    this.answers = process.inputReader();
    this.log = log;
  }

  /**
   * @param jvm      the options of its JVM
   * @param function that has them
   */
  static RawProcess start(List<String> jvm, String function, TestUsers users, Map<String, String> environment,
      Path logs) throws IOException {
    Path log = logs.resolve("raw-" + function + ".log");
    List<String> command = Jvm.own(jvm, RawMain.class, Long.toString(users.since()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().putAll(environment);
    return new RawProcess(builder.start(), log);
  }

  long pid() {
    return process.pid();
  }

  /** Does a part of that scenario's requests so many times at once. */
  Outcome run(Part part, Scenario scenario, int atOnce, LoadDuration pace, MeasurementListener marks)
      throws IOException {
    commands.write("%s %s %d %d %d%n".formatted(part.name(), scenario.name(), atOnce,
        pace.lead().toMillis(), pace.window().toMillis()));
    commands.flush();
    line();
    marks.begin();
    line();
    marks.end();
    return Outcome.decode(line());
  }

  /** The next line that {@link RawMain} meant for us: a JVM may say things of its own there. */
  private String line() throws IOException {
    while (true) {
      String line = answers.readLine();
      if (line == null) {
        throw new IOException("The raw driver's process has ended; see " + log);
      }
      if (line.startsWith(RawMain.ANSWER)) {
        return line.substring(RawMain.ANSWER.length());
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (commands) {
      process.destroy();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
