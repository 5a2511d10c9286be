package dev.knatter.bench;

import java.util.List;
import java.util.function.Supplier;

/**
 * A program whose starts are measured.
 *
 * @param command what starts it; it listens on PORT
 */
record Contender(String name, List<String> command, First first) {
  /** What it is asked first, and the status that answers it. */
  record First(int expected, Supplier<byte[]> request) {}
}
