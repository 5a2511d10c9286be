package dev.knatter.testing;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Captures the lines that this process logs to standard error, until it is closed. */
public final class CapturedLog implements AutoCloseable {
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  public CapturedLog() {
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
  }

  public String text() {
    return written.toString(StandardCharsets.UTF_8);
  }

  public List<String> lines() {
    return text().lines().toList();
  }

  /** Returns the lines that contain a text, for example a level. */
  public List<String> lines(String level) {
    return lines().stream().filter(line -> line.contains(level)).toList();
  }

  @Override
  public void close() {
    System.setErr(before);
    before.print(text());
  }
}
