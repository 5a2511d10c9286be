package dev.knatter.bench.delivery;

import java.util.List;

import dev.knatter.bench.setup.Arguments;

/**
 * What is asked for on the command line of {@code ./knatter bench delivery}.
 *
 * @param writers  how many write at once
 * @param messages how many messages they write together in each round
 * @param polls    how often an empty page is asked for in each round
 * @param rounds   how often each measurement is repeated, all in turn
 */
public record DeliveryOptions(List<Integer> writers, int messages, int polls, int rounds) {
  public static final String USAGE = """
      usage: ./knatter bench delivery [--writers N,…] [--messages N] [--polls N] [--rounds N]

        --writers N,…    how many write into one conversation at once (1,8)
        --messages N     how many messages they write in each round (400)
        --polls N        how often somebody asks for messages where there are none, in each round (1000)
        --rounds N       how often each is repeated, all in turn (3)
      """;

  /** @throws IllegalArgumentException with a message for who typed it */
  public static DeliveryOptions parse(List<String> line) {
    Arguments arguments = new Arguments(line);
    DeliveryOptions options = new DeliveryOptions(arguments.numbers("--writers", List.of(1, 8)),
        arguments.number("--messages", 400), arguments.number("--polls", 1_000),
        arguments.number("--rounds", 3));
    arguments.end();
    return options;
  }
}
