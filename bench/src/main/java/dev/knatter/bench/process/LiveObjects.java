package dev.knatter.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much of another JVM's heap is in use: what a full garbage collection leaves. */
public final class LiveObjects {
  /** The last line of the histogram: how many objects, and their bytes. */
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

  private LiveObjects() {}

  /**
   * Has a JVM collect its garbage, and counts what is left.
   *
   * @throws IllegalStateException if it cannot be asked
   */
  public static long bytes(long pid) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    // Not through a pipe: this JVM could not read it while it counts its own objects.
    Path output = Files.createTempFile("histogram", ".txt");
    try {
      int status = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start()
        .waitFor();
      String histogram = Files.readString(output);
      Matcher total = TOTAL.matcher(histogram);
      if (!total.find()) {
        throw new IllegalStateException("jcmd ended with %d: %s".formatted(status, histogram));
      }
      return Long.parseLong(total.group(1));
    } finally {
      Files.delete(output);
    }
  }
}
