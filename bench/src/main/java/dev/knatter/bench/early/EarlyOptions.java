package dev.knatter.bench.early;

import java.util.List;

import dev.knatter.bench.setup.Arguments;

/**
 * What is asked for on the command line of {@code ./knatter bench early}.
 *
 * @param starts how often each program is started
 * @param jvm    further options for the JVMs that are measured
 */
public record EarlyOptions(int starts, List<String> jvm) {
  public static final String USAGE = """
      usage: ./knatter bench early [--starts N] [--jvm 'OPTIONS']

        --starts N       how often each program is started, all of them in turn (3)
        --jvm 'OPTIONS'  further options for the JVMs that are measured

      Measures the first two thousand requests of a process: ten requests a second, and then a hundred. Needs send and
      messages from ./knatter package.
      """;

  /** @throws IllegalArgumentException with a message for the person who typed it */
  public static EarlyOptions parse(List<String> line) {
    Arguments arguments = new Arguments(line);
    EarlyOptions options = new EarlyOptions(arguments.number("--starts", 3), arguments.words("--jvm"));
    arguments.end();
    return options;
  }
}
