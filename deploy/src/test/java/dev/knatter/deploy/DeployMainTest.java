package dev.knatter.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How it ends where it cannot begin. */
final class DeployMainTest {
  @TempDir
  Path empty;

  @Test
  void noKubectl_isSaidInOneLine() throws Exception {
    Process process = deploy();
    assertThat(said(process)).singleElement().asString().startsWith("kubectl is not on the path.");
    assertThat(process.waitFor()).isEqualTo(1);
  }

  @Test
  void unknownOption_isSaidAndWhichThereAre() throws Exception {
    Process process = deploy("--overlays");
    assertThat(said(process)).contains("There is no option --overlays.")
      .anyMatch(line -> line.startsWith("usage:"));
    assertThat(process.waitFor()).isEqualTo(2);
  }

  /** With nothing on its path. */
  private Process deploy(String... words) throws Exception {
    List<String> command = new ArrayList<>(
        List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-cp", System.getProperty("java.class.path"), DeployMain.class.getName()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PATH", empty.toString());
    return builder.start();
  }

  private static List<String> said(Process process) throws Exception {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
  }
}
