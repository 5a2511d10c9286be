package dev.knatter.bench;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What is asked for on the command line.
 *
 * @param seconds how long each measurement takes
 * @param rounds  how often each is repeated
 * @param starts  how often each function is started
 * @param jvm     further options for the JVMs that are measured
 * @param json    where to write the results as JSON
 */
record Options(int seconds, int rounds, int starts, List<String> jvm, @Nullable Path json) {
  static final String USAGE = """
      usage: ./knatter bench [--quick] [--seconds N] [--rounds N] [--starts N] [--jvm 'OPTIONS'] [--json FILE]

        --quick          a first impression: 1 second, 2 rounds, 3 starts
        --seconds N      how long each measurement takes (5)
        --rounds N       how often each is repeated, ours and the driver's in turn (5)
        --starts N       how often each function is started (7)
        --jvm 'OPTIONS'  further options for the JVMs that are measured, the driver's as well
        --json FILE      write the results there, too
      """;

  private static final Options FULL = new Options(5, 5, 7, List.of(), null);
  private static final Options QUICK = new Options(1, 2, 3, List.of(), null);

  /** @throws IllegalArgumentException with a message for who typed it */
  static Options parse(String... arguments) {
    Options options = List.of(arguments).contains("--quick") ? QUICK : FULL;
    Deque<String> left = new ArrayDeque<>(List.of(arguments));
    while (!left.isEmpty()) {
      String name = left.remove();
      options = switch (name) {
        case "--quick" -> options;
        case "--seconds" -> new Options(number(name, left), options.rounds, options.starts, options.jvm,
            options.json);
        case "--rounds" -> new Options(options.seconds, number(name, left), options.starts, options.jvm,
            options.json);
        case "--starts" -> new Options(options.seconds, options.rounds, number(name, left), options.jvm,
            options.json);
        case "--jvm" -> new Options(options.seconds, options.rounds, options.starts, words(value(name, left)),
            options.json);
        case "--json" -> new Options(options.seconds, options.rounds, options.starts, options.jvm,
            Path.of(value(name, left)));
        default -> throw new IllegalArgumentException("There is no option " + name + ".");
      };
    }
    return options;
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
  }

  private static int number(String name, Deque<String> left) {
    String text = value(name, left);
    if (!text.matches("[1-9][0-9]{0,4}")) {
      throw new IllegalArgumentException(name + " takes a number from 1 to 99999, not " + text + ".");
    }
    return Integer.parseInt(text);
  }

  private static String value(String name, Deque<String> left) {
    if (left.isEmpty()) {
      throw new IllegalArgumentException(name + " takes a value.");
    }
    return left.remove();
  }
}
