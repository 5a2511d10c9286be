package dev.knatter.shared.store;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is logged while it is open. */
final class CapturedLog implements AutoCloseable {
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  CapturedLog() {
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
  }

  List<String> lines() {
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** Of one level. */
  List<String> lines(String level) {
    return lines().stream().filter(line -> line.contains(level)).toList();
  }

  @Override
  public void close() {
    System.setErr(before);
    before.print(written.toString(StandardCharsets.UTF_8));
  }
}
