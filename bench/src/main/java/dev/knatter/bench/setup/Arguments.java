package dev.knatter.bench.setup;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** A command line, option by option. What is wrong is an IllegalArgumentException, for who typed it. */
public final class Arguments {
  private static final int MOST = 10_000_000;

  private final Deque<String> left;
  private String name = "";

  public Arguments(Collection<String> line) {
    this.left = new ArrayDeque<>(line);
  }

  /** Goes on to the next option; false at the end. */
  public boolean next() {
    if (left.isEmpty()) {
      return false;
    }
    name = left.remove();
    return true;
  }

  public String name() {
    return name;
  }

  /** What follows the name. */
  public String value() {
    if (left.isEmpty()) {
      throw new IllegalArgumentException(name + " takes a value.");
    }
    return left.remove();
  }

  /** The same as a number. */
  public int number() {
    String text = value();
    if (!text.matches("[1-9][0-9]{0,4}")) {
      throw new IllegalArgumentException(name + " takes a number from 1 to 99999, not " + text + ".");
    }
    return Integer.parseInt(text);
  }

  /** The same as numbers with commas between, each once and sorted. */
  public List<Integer> numbers() {
    String text = value();
    if (!text.matches("[1-9][0-9]{0,7}(,[1-9][0-9]{0,7})*")) {
      throw new IllegalArgumentException(name + " takes numbers with commas between, not " + text + ".");
    }
    List<Integer> numbers = Stream.of(text.split(",")).map(Integer::parseInt).distinct().sorted().toList();
    if (numbers.getLast() > MOST) {
      throw new IllegalArgumentException(name + " takes numbers up to " + MOST + ".");
    }
    return numbers;
  }

  public IllegalArgumentException unknown() {
    return new IllegalArgumentException("There is no option " + name + ".");
  }
}
