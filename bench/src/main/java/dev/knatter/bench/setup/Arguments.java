package dev.knatter.bench.setup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A command line, from which options are taken by name. Of an option that is repeated the last one counts. What is wrong is an
 * IllegalArgumentException, for who typed it.
 */
public final class Arguments {
  private static final int MOST = 10_000_000;

  private final List<String> left;

  public Arguments(Collection<String> line) {
    this.left = new ArrayList<>(line);
  }

  /** Takes an option without a value, and returns whether it is there. */
  public boolean flag(String name) {
    return left.removeAll(List.of(name));
  }

  /** Takes an option and its value. Null if it is not there. */
  public @Nullable String value(String name) {
    String value = null;
    for (int at = left.indexOf(name); at >= 0; at = left.indexOf(name)) {
      left.remove(at);
      if (at == left.size()) {
        throw new IllegalArgumentException(name + " takes a value.");
      }
      value = left.remove(at);
    }
    return value;
  }

  /** The same for words with spaces between. None if it is not there. */
  public List<String> words(String name) {
    String text = value(name);
    return text == null
        ? List.of()
        : Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
  }

  /** The same for a file. */
  public @Nullable Path file(String name) {
    String text = value(name);
    return text == null ? null : Path.of(text);
  }

  /** The same for a number. */
  public int number(String name, int otherwise) {
    String text = value(name);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("[1-9][0-9]{0,4}")) {
      throw new IllegalArgumentException(name + " takes a number from 1 to 99999, not " + text + ".");
    }
    return Integer.parseInt(text);
  }

  /** The same for numbers with commas between, each once and sorted. */
  public List<Integer> numbers(String name, List<Integer> otherwise) {
    String text = value(name);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("[1-9][0-9]{0,7}(,[1-9][0-9]{0,7})*")) {
      throw new IllegalArgumentException(name + " takes numbers with commas between, not " + text + ".");
    }
    List<Integer> numbers = Stream.of(text.split(",")).map(Integer::parseInt).distinct().sorted().toList();
    if (numbers.getLast() > MOST) {
      throw new IllegalArgumentException(name + " takes numbers up to " + MOST + ".");
    }
    return numbers;
  }

  /** All options that there are have been taken. */
  public void end() {
    if (!left.isEmpty()) {
      throw new IllegalArgumentException("There is no option " + left.getFirst() + ".");
    }
  }
}
