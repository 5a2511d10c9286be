package dev.knatter.bench.history;

import java.nio.file.Path;
import java.util.List;

import dev.knatter.bench.setup.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for on the command line of {@code ./knatter bench history}.
 *
 * @param sizes    how many messages the dense conversations have, in ascending order
 * @param page     how many messages a page has
 * @param requests how many pages of each kind are read in each round
 * @param json     where to write the results as JSON
 */
public record HistoryOptions(List<Integer> sizes, int page, int requests, int rounds, @Nullable Path json) {
  private static final List<Integer> SIZES = List.of(1_000, 100_000, 1_000_000);
  /** Of {@code --quick}: to write a million messages takes some minutes. */
  private static final List<Integer> QUICK = List.of(1_000, 100_000);
  private static final int MOST_PAGE = StoredHistory.MONTHS / 2;

  public static final String USAGE = """
      usage: ./knatter bench history [--sizes N,…] [--page N] [--requests N] [--rounds N] [--quick] [--json FILE]

        --sizes N,…       messages of the dense conversations (1000,100000,1000000)
        --page N          messages of a page (12)
        --requests N      pages of each kind in each round (300)
        --rounds N        how often each is repeated, all in turn (5)
        --quick           without the million, and one round
        --json FILE       write the results there, too
      """;

  /** @throws IllegalArgumentException with a message for who typed it */
  public static HistoryOptions parse(List<String> line) {
    Arguments arguments = new Arguments(line);
    boolean quick = arguments.flag("--quick");
    HistoryOptions options = new HistoryOptions(arguments.numbers("--sizes", quick ? QUICK : SIZES),
        arguments.number("--page", 12), arguments.number("--requests", 300),
        arguments.number("--rounds", quick ? 1 : 5),
        arguments.file("--json"));
    arguments.end();
    if (options.page > MOST_PAGE) {
      throw new IllegalArgumentException(
          "--page takes at most " + MOST_PAGE
              + ": a sparse conversation has a message a month for three years.");
    }
    if (options.sizes.getFirst() < 2 * options.page) {
      throw new IllegalArgumentException(
          "--sizes takes numbers from " + 2 * options.page + " on, two pages.");
    }
    return options;
  }
}
