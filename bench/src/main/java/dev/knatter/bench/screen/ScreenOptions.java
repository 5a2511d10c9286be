package dev.knatter.bench.screen;

import java.nio.file.Path;
import java.util.List;

import dev.knatter.bench.setup.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for on the command line of {@code ./knatter bench screen}.
 *
 * @param visits how often the page is opened in each state, all in turn
 * @param json   where to write the results as JSON
 */
public record ScreenOptions(int visits, @Nullable Path json) {
  public static final String USAGE = """
      usage: ./knatter bench screen [--visits N] [--json FILE]

        --visits N       how often the page is opened in each state, all in turn (9)
        --json FILE      write the results there, too
      """;

  /** @throws IllegalArgumentException with a message for who typed it */
  public static ScreenOptions parse(List<String> line) {
    Arguments arguments = new Arguments(line);
    ScreenOptions options = new ScreenOptions(arguments.number("--visits", 9), arguments.file("--json"));
    arguments.end();
    return options;
  }
}
