package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Held against what the JVM says of itself, which comes into being soon after its process. */
final class ProcessStartTest {
  /** Of the kernel's times. */
  private static final Duration ACCURACY = Duration.ofMillis(20);
  /** From the start of a process until its JVM begins, on a busy machine. */
  private static final Duration BEFORE_THE_JVM = Duration.ofMillis(500);
  /** The kernel's boot time is in whole seconds, and the clock may have been set since. */
  private static final Duration COARSE = Duration.ofSeconds(2);

  @TempDir
  Path folder;

  private static Duration ofTheJvm() {
    return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
  }

  @Test
  void age_isThatOfTheJvmAndALittle() {
    Duration atLeast = ofTheJvm();
    Duration age = ProcessStart.age(Path.of("/proc"));
    assertThat(age).isBetween(atLeast.minus(ACCURACY), ofTheJvm().plus(BEFORE_THE_JVM));
  }

  @Test
  void age_withoutProc_isWhatTheJdkSays() {
    Duration age = ProcessStart.age(folder);
    assertThat(age).isBetween(ofTheJvm().minus(COARSE), ofTheJvm().plus(COARSE));
  }

  @Test
  void age_isReadBehindTheNameOfTheProcess() throws IOException {
    Files.createDirectory(folder.resolve("self"));
    Files.writeString(folder.resolve("uptime"), "3600.50 7000.00\n");
    Files.writeString(folder.resolve("self/stat"),
        "7 (a) b (c) S 1 7 7 0 -1 4194560 1 0 0 0 5 6 0 0 20 0 1 0 360000 1000 10\n");
    assertThat(ProcessStart.age(folder)).isEqualTo(Duration.ofMillis(500));
    Files.writeString(folder.resolve("uptime"), "1.00 1.00\n");
    assertThat(ProcessStart.age(folder)).as("of another kernel than the start").isPositive();
  }
}
