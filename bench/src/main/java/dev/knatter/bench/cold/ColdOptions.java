package dev.knatter.bench.cold;

import java.nio.file.Path;
import java.util.List;

import dev.knatter.bench.setup.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for on the command line of {@code ./knatter bench cold}.
 *
 * @param starts  how often each program is started
 * @param peers   whether the services of other frameworks are started, too
 * @param explain the function whose starts are taken apart instead
 * @param json    where to write the results as JSON
 */
public record ColdOptions(int starts, boolean peers, @Nullable String explain, @Nullable Path json) {
  public static final String USAGE = """
      usage: ./knatter bench cold [--starts N] [--peers] [--explain FUNCTION] [--json FILE]

        --starts N          how often each program is started, all of them in turn (15)
        --peers             build, train and start the same send as other frameworks have it, too
        --explain FUNCTION  say instead where the time of its starts goes, and which classes are not in its cache
        --json FILE         write the results there, too

      Measures what ./knatter package has made, beside a send without any framework.
      """;

  /** @throws IllegalArgumentException with a message for who typed it */
  public static ColdOptions parse(List<String> line) {
    Arguments arguments = new Arguments(line);
    ColdOptions options = new ColdOptions(arguments.number("--starts", 15), arguments.flag("--peers"),
        arguments.value("--explain"), arguments.file("--json"));
    arguments.end();
    return options;
  }
}
