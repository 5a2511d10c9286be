package dev.knatter.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class Jdk17Test {
  @TempDir
  Path machine;

  @Test
  void find_nowhere_saysHowToGetOneAndHowToDoWithout() {
    assertThatThrownBy(() -> Jdk17.find(Map.of(), List.of(machine)))
      .isInstanceOf(CannotStartException.class)
      .hasMessageContainingAll("JDK 17", "KNATTER_JAVA17_HOME", "apt install",
          "KNATTER_CASSANDRA_CONTACT_POINTS");
  }

  @Test
  void find_namedFolderIsAnotherVersion_saysSo() throws IOException {
    Path jdk25 = jdk("jdk-25", "25.0.1");
    Path jdk17 = jdk("jdk-17", "17.0.15");
    assertThatThrownBy(() -> Jdk17.find(Map.of("KNATTER_JAVA17_HOME", jdk25.toString()), List.of(machine)))
      .isInstanceOf(CannotStartException.class)
      .hasMessageContaining(jdk25.toString());
    assertThat(Jdk17.find(Map.of("KNATTER_JAVA17_HOME", jdk17.toString()), List.of()).home())
      .isEqualTo(jdk17);
  }

  @Test
  void find_amongInstalled_takes17() throws IOException {
    jdk("jdk-25", "25.0.1");
    Path jdk17 = jdk("jdk-17", "17.0.15");
    assertThat(Jdk17.find(Map.of(), List.of(machine.resolve("missing"), machine)).home()).isEqualTo(jdk17);
  }

  @Test
  void find_inABundleOfMacOs_takesItsHome() throws IOException {
    Path home = jdk("temurin-17.jdk/Contents/Home", "17.0.15");
    assertThat(Jdk17.find(Map.of(), List.of(machine)).home()).isEqualTo(home);
  }

  @Test
  void find_byTheUsualVariables_takes17() throws IOException {
    Path jdk17 = jdk("jdk-17", "17.0.15");
    assertThat(
        Jdk17.find(Map.of("JAVA_HOME", "/missing", "JAVA_HOME_17_X64", jdk17.toString()), List.of()).home())
      .isEqualTo(jdk17);
  }

  @Test
  void find_onThePath_followsTheLink() throws IOException {
    Path jdk17 = jdk("jdk-17", "17.0.15");
    Path bin = Files.createDirectories(machine.resolve("usr/bin"));
    Files.createSymbolicLink(bin.resolve("java"), jdk17.resolve("bin/java"));
    assertThat(Jdk17.find(Map.of("PATH", "/missing:" + bin), List.of()).home()).isEqualTo(jdk17.toRealPath());
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = Files.createDirectories(machine.resolve(name));
    Files.createDirectories(home.resolve("bin"));
    Files.createFile(home.resolve("bin/java"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Files.writeString(home.resolve("release"),
        "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\n");
    return home;
  }
}
