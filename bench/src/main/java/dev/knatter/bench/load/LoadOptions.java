package dev.knatter.bench.load;

import java.nio.file.Path;
import java.time.Duration;
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

  /** @throws IllegalArgumentException with a message for who typed it */
  public static LoadOptions parse(List<String> line) {
    Arguments arguments = new Arguments(line);
    boolean quick = arguments.flag("--quick");
    LoadOptions options = new LoadOptions(arguments.number("--seconds", quick ? 1 : 5),
        arguments.number("--rounds", quick ? 2 : 5),
        Duration.ofSeconds(arguments.number("--warm-up", quick ? 5 : 180)),
        scenarios(arguments.value("--only")), arguments.numbers("--connections", List.of(1, 8, 64)),
        arguments.words("--jvm"), arguments.flag("--preempting"), arguments.file("--json"));
    arguments.end();
    return options;
  }

  private static List<Scenario> scenarios(@Nullable String only) {
    return only == null ? List.of(Scenario.values()) : List.of(Scenario.of(only));
  }
}
