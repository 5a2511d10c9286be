package dev.knatter.bench.setup;

import java.util.List;
import java.util.function.Supplier;

/**
 * A program whose starts are measured.
 *
 * @param command what starts it; it listens on PORT
 */
public record MeasuredProgram(String name, List<String> command, First first) {
  /** What it is asked first, and the status that answers it. */
  public record First(int expected, Supplier<byte[]> request) {}
}
