package dev.knatter.bench;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;

/** A command line, option by option. What is wrong is an IllegalArgumentException, for who typed it. */
final class Arguments {
  private final Deque<String> left;
  private String name = "";

  Arguments(Collection<String> line) {
    this.left = new ArrayDeque<>(line);
  }

  /** Goes on to the next option; false at the end. */
  boolean next() {
    if (left.isEmpty()) {
      return false;
    }
    name = left.remove();
    return true;
  }

  String name() {
    return name;
  }

  /** What follows the name. */
  String value() {
    if (left.isEmpty()) {
      throw new IllegalArgumentException(name + " takes a value.");
    }
    return left.remove();
  }

  /** The same as a number. */
  int number() {
    String text = value();
    if (!text.matches("[1-9][0-9]{0,4}")) {
      throw new IllegalArgumentException(name + " takes a number from 1 to 99999, not " + text + ".");
    }
    return Integer.parseInt(text);
  }

  IllegalArgumentException unknown() {
    return new IllegalArgumentException("There is no option " + name + ".");
  }
}
