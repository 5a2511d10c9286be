package dev.knatter.e2e.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How this process takes signals, which every process that it starts takes over. */
final class Signals {
  private static final long SIGINT = 1L << 1;

  private Signals() {}

  /** As in a build that a shell runs in the background: nobody in it would ever hear a Ctrl-C. */
  static boolean interruptIsIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status) && Files.readAllLines(status)
      .stream()
      .filter(line -> line.startsWith("SigIgn:"))
      .anyMatch(
          line -> (Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16) & SIGINT) != 0);
  }
}
