package dev.knatter.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import dev.knatter.embedded.Checkout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FrontDoorTest {
  @TempDir
  Path elsewhere;

  @Test
  void withoutACommand_saysWhatThereIs() throws Exception {
    Process process = run();
    assertThat(text(process)).contains("./knatter dev", "./knatter chat", "./knatter test",
        "./knatter bench", "./knatter soak");
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void unknownCommand_isNamed() throws Exception {
    Process process = run("devv");
    assertThat(text(process)).contains("'devv'");
    assertThat(process.waitFor()).isEqualTo(1);
  }

  @Test
  void keys_inAnotherFolder_areMadeThere() throws Exception {
    Process process = run("keys", elsewhere.resolve("keys").toString());
    assertThat(process.waitFor()).as(text(process)).isZero();
    assertThat(elsewhere.resolve("keys/signing-key.json")).exists();
  }

  private Process run(String... arguments) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(Checkout.root().resolve("knatter").toString());
    builder.command().addAll(java.util.List.of(arguments));
    return builder.directory(elsewhere.toFile()).redirectErrorStream(true).start();
  }

  private static String text(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
