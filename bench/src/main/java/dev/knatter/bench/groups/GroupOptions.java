package dev.knatter.bench.groups;

import java.nio.file.Path;
import java.util.List;

import dev.knatter.bench.setup.Arguments;
import dev.knatter.chat.conversation.Members;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for on the command line of {@code ./knatter bench groups}.
 *
 * @param sizes    how many members the groups have, in ascending order
 * @param messages how many are sent to each group in each round
 * @param json     where to write the results as JSON
 */
public record GroupOptions(List<Integer> sizes, int messages, int rounds, @Nullable Path json) {
  public static final String USAGE = """
      usage: ./knatter bench groups [--sizes N,…] [--messages N] [--rounds N] [--json FILE]

        --sizes N,…       members of the groups (2,64,1000,10000)
        --messages N      messages to each group in each round (50)
        --rounds N        how often each is repeated (3)
        --json FILE       write the results there, too
      """;

  /** @throws IllegalArgumentException with a message for who typed it */
  public static GroupOptions parse(List<String> line) {
    Arguments arguments = new Arguments(line);
    GroupOptions options = new GroupOptions(arguments.numbers("--sizes", List.of(2, 64, 1_000, 10_000)),
        arguments.number("--messages", 50), arguments.number("--rounds", 3), arguments.file("--json"));
    arguments.end();
    if (options.sizes.getFirst() < 2 || options.sizes.getLast() > Members.MAX) {
      throw new IllegalArgumentException("--sizes takes numbers from 2 to " + Members.MAX + ".");
    }
    return options;
  }
}
