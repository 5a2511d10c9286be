package dev.knatter.bench.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import dev.knatter.bench.process.Scheduling;
import dev.knatter.bench.setup.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for on the command line of {@code ./knatter bench}.
 *
 * @param seconds     how long each measurement takes
 * @param rounds      how often each is repeated
 * @param warmUp      how long each may get faster before it is measured
 * @param scenarios   what is measured
 * @param connections with how many requests at once
 * @param jvm         further options for the JVMs that are measured
 * @param preempting  whether all run under the kernel's usual scheduling, see {@link Scheduling}
 * @param json        where to write the results as JSON
 */
public record LoadOptions(int seconds, int rounds, Duration warmUp, List<Scenario> scenarios,
    List<Integer> connections,
    List<String> jvm, boolean preempting, @Nullable Path json) {
  public static final String USAGE = """
      usage: ./knatter bench [--quick] [--seconds N] [--rounds N] [--only SCENARIO] [--connections N,N…]
                             [--warm-up N] [--jvm 'OPTIONS'] [--preempting] [--json FILE]

        --quick            a first impression: 1 second, 2 rounds, hardly warm
        --seconds N        how long each measurement takes (5)
        --rounds N         how often each is repeated, all in turn (5)
        --warm-up N        how many seconds each may run before, as long as it gets faster (180)
        --only SCENARIO    send, messages, cached, login or refresh
        --connections N,N  with how many requests at once (1,8,64)
        --jvm 'OPTIONS'    further options for the JVMs that are measured, the driver's as well
        --preempting       let whoever wakes take the processor from another, as Linux does by default
        --json FILE        write the results there, too

      Measures what ./knatter package has made, beside a send without any framework and the driver's statements alone;
      of login and refresh also what password hash, signature and statements take of them.
      """;

  private static final LoadOptions FULL = new LoadOptions(5, 5, Duration.ofMinutes(3),
      List.of(Scenario.values()),
      List.of(1, 8, 64),
      List.of(), false, null);

  /** @throws IllegalArgumentException with a message for who typed it */
  public static LoadOptions parse(List<String> line) {
    LoadOptions options = line.contains("--quick") ? FULL.seconds(1).rounds(2).warmUp(5) : FULL;
    Arguments arguments = new Arguments(line);
    while (arguments.next()) {
      options = switch (arguments.name()) {
        case "--quick" -> options;
        case "--seconds" -> options.seconds(arguments.number());
        case "--rounds" -> options.rounds(arguments.number());
        case "--warm-up" -> options.warmUp(arguments.number());
        case "--only" -> options.scenarios(List.of(Scenario.of(arguments.value())));
        case "--connections" -> options.connections(arguments.numbers());
        case "--jvm" -> options.jvm(words(arguments.value()));
        case "--preempting" -> options.preempt();
        case "--json" -> options.json(Path.of(arguments.value()));
        default -> throw arguments.unknown();
      };
    }
    return options;
  }

  private LoadOptions seconds(int value) {
    return new LoadOptions(value, rounds, warmUp, scenarios, connections, jvm, preempting, json);
  }

  private LoadOptions rounds(int value) {
    return new LoadOptions(seconds, value, warmUp, scenarios, connections, jvm, preempting, json);
  }

  private LoadOptions warmUp(int value) {
    return new LoadOptions(seconds, rounds, Duration.ofSeconds(value), scenarios, connections, jvm,
        preempting,
        json);
  }

  private LoadOptions scenarios(List<Scenario> value) {
    return new LoadOptions(seconds, rounds, warmUp, value, connections, jvm, preempting, json);
  }

  private LoadOptions connections(List<Integer> value) {
    return new LoadOptions(seconds, rounds, warmUp, scenarios, value, jvm, preempting, json);
  }

  private LoadOptions jvm(List<String> value) {
    return new LoadOptions(seconds, rounds, warmUp, scenarios, connections, value, preempting, json);
  }

  private LoadOptions preempt() {
    return new LoadOptions(seconds, rounds, warmUp, scenarios, connections, jvm, true, json);
  }

  private LoadOptions json(Path value) {
    return new LoadOptions(seconds, rounds, warmUp, scenarios, connections, jvm, preempting, value);
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
  }
}
