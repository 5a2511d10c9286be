package dev.knatter.e2e.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code ./knatter chat} as a process, with a folder of configuration of its own. */
record Cli(Path config, String url) {
  private static final int PATIENCE_SECONDS = 60;

  /** What a process has said, and with what it ended. */
  record Result(int code, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }

    Result done() {
      assertThat(code).as("%s", this).isZero();
      return this;
    }
  }

  /** A process that runs, and the files that it writes to. */
  record Running(Process process, Path out, Path err) implements AutoCloseable {
    void type(String text) {
      try {
        OutputStream in = process.getOutputStream();
        in.write(text.getBytes(StandardCharsets.UTF_8));
        in.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String said() {
      try {
        return Files.readString(out);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Result await() throws IOException, InterruptedException {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as(said()).isTrue();
      return new Result(process.exitValue(), said(), Files.readString(err));
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  Result run(String... words) throws IOException, InterruptedException {
    return runWith("", words);
  }

  Result runWith(String input, String... words) throws IOException, InterruptedException {
    try (Running running = start(words)) {
      running.type(input);
      running.process().getOutputStream().close();
      return running.await();
    }
  }

  Running start(String... words) throws IOException {
    List<String> command = new ArrayList<>(
        List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
            "-Duser.timezone=UTC",
            "-cp", System.getProperty("java.class.path"), "dev.knatter.cli.ChatMain"));
    command.addAll(List.of(words));
    command.addAll(List.of("--url", url));
    Path out = Files.createTempFile("knatter-chat", ".out");
    Path err = Files.createTempFile("knatter-chat", ".err");
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile())
      .redirectError(err.toFile());
    builder.environment().put("XDG_CONFIG_HOME", config.toString());
    builder.environment().put("LC_ALL", "C.UTF-8"); // arguments hold more than ASCII
    return new Running(builder.start(), out, err);
  }
}
