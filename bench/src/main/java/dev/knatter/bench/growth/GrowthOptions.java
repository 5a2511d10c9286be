package dev.knatter.bench.growth;

import java.nio.file.Path;
import java.util.List;

import dev.knatter.bench.setup.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for on the command line of {@code ./knatter bench growth}.
 *
 * @param sizes       how many users, cached conversations and stored messages there are, in ascending order
 * @param connections how many requests are under way at once
 * @param publish     whether the table and the plot under docs/ are written anew
 * @param json        where to write the results as JSON
 */
public record GrowthOptions(List<Integer> sizes, List<Integer> connections, int seconds, int rounds,
    boolean publish,
    @Nullable Path json) {
  public static final String USAGE = """
      usage: ./knatter bench growth [--sizes N,…] [--connections N,…] [--seconds N] [--rounds N] [--publish] [--json FILE]

        --sizes N,…         users, cached conversations and stored messages (1000,100000,1000000)
        --connections N,…   requests under way at once (1,8,64,512)
        --seconds N         how long each measurement takes (4)
        --rounds N          how often each is repeated, all sizes in turn (3)
        --publish           write docs/growth.md and docs/growth.svg
        --json FILE         write the results there, too
      """;

  /** @throws IllegalArgumentException with a message for who typed it */
  public static GrowthOptions parse(List<String> line) {
    Arguments arguments = new Arguments(line);
    GrowthOptions options = new GrowthOptions(
        arguments.numbers("--sizes", List.of(1_000, 100_000, 1_000_000)),
        arguments.numbers("--connections", List.of(1, 8, 64, 512)), arguments.number("--seconds", 4),
        arguments.number("--rounds", 3), arguments.flag("--publish"), arguments.file("--json"));
    arguments.end();
    return options;
  }
}
