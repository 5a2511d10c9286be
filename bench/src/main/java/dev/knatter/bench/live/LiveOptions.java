package dev.knatter.bench.live;

import java.nio.file.Path;
import java.util.List;

import dev.knatter.bench.setup.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for on the command line of {@code ./knatter bench live}.
 *
 * @param connections how many are open, in ascending order
 * @param messages    how many are sent to single readers in each round
 * @param seconds     how long groups are sent to in each round
 * @param rounds      how often each is repeated
 * @param json        where to write the results as JSON
 */
public record LiveOptions(List<Integer> connections, int messages, int seconds, int rounds,
    @Nullable Path json) {
  /** The client has a port for each, and a system about 28,000 of them. */
  private static final int MOST = 20_000;
  private static final int LEAST_HEAP = 96;
  /** The function admits as many connections as take half of its heap at 24 KiB each; a tenth is added for what the JVM keeps back. */
  private static final double HEAP_KIB = 2 * 24 * 1.1;

  public static final String USAGE = """
      usage: ./knatter bench live [--connections N,…] [--messages N] [--seconds N] [--rounds N] [--json FILE]

        --connections N,…  open connections (1,100,5000)
        --messages N       messages to single readers in each round (400)
        --seconds N        how long groups are sent to in each round (5)
        --rounds N         how often each is repeated (3)
        --json FILE        write the results there, too
      """;

  /** @throws IllegalArgumentException with a message for who typed it */
  public static LiveOptions parse(List<String> line) {
    Arguments arguments = new Arguments(line);
    LiveOptions options = new LiveOptions(arguments.numbers("--connections", List.of(1, 100, 5_000)),
        arguments.number("--messages", 400), arguments.number("--seconds", 5),
        arguments.number("--rounds", 3),
        arguments.file("--json"));
    arguments.end();
    if (options.most() > MOST) {
      throw new IllegalArgumentException("--connections takes numbers up to " + MOST + ".");
    }
    return options;
  }

  /** The largest number of connections. */
  int most() {
    return connections.getLast();
  }

  /** The heap that the function stream needs for them, in MiB. */
  int heapMiB() {
    return Math.max(LEAST_HEAP, (int) Math.ceil(most() * HEAP_KIB / 1_024));
  }
}
