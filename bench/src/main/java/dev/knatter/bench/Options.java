package dev.knatter.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What is asked for on the command line of {@code ./knatter bench}.
 *
 * @param seconds how long each measurement takes
 * @param rounds  how often each is repeated
 * @param jvm     further options for the JVMs that are measured
 * @param json    where to write the results as JSON
 */
record Options(int seconds, int rounds, List<String> jvm, @Nullable Path json) {
  static final String USAGE = """
      usage: ./knatter bench [--quick] [--seconds N] [--rounds N] [--jvm 'OPTIONS'] [--json FILE]

        --quick          a first impression: 1 second, 2 rounds
        --seconds N      how long each measurement takes (5)
        --rounds N       how often each is repeated, ours and the driver's in turn (5)
        --jvm 'OPTIONS'  further options for the JVMs that are measured, the driver's as well
        --json FILE      write the results there, too
      """;

  private static final Options FULL = new Options(5, 5, List.of(), null);
  private static final Options QUICK = new Options(1, 2, List.of(), null);

  /** @throws IllegalArgumentException with a message for who typed it */
  static Options parse(List<String> line) {
    Options options = line.contains("--quick") ? QUICK : FULL;
    Arguments arguments = new Arguments(line);
    while (arguments.next()) {
      options = switch (arguments.name()) {
        case "--quick" -> options;
        case "--seconds" -> new Options(arguments.number(), options.rounds, options.jvm, options.json);
        case "--rounds" -> new Options(options.seconds, arguments.number(), options.jvm, options.json);
        case "--jvm" -> new Options(options.seconds, options.rounds, words(arguments.value()), options.json);
        case "--json" ->
          new Options(options.seconds, options.rounds, options.jvm, Path.of(arguments.value()));
        default -> throw arguments.unknown();
      };
    }
    return options;
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
  }
}
