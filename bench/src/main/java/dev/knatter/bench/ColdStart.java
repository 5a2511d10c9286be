package dev.knatter.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Starts a process for a first request, as a cluster does after an idle night, and again and again: from the start of
 * {@code java} until the answer, which waits, as a queue-proxy does, until the program says that it is ready.
 */
final class ColdStart {
  private final Workbench bench;
  private final Consumer<String> progress;

  ColdStart(Workbench bench, Consumer<String> progress) {
    this.bench = bench;
    this.progress = progress;
  }

  /** One start of each, and then again, so that what disturbs the machine disturbs them all; samples by name. */
  Map<String, List<Start.Sample>> run(List<Contender> contenders, int starts) throws Exception {
    progress.accept("Starting each once, so that its files are in memory");
    for (Contender contender : contenders) {
      once(contender);
    }
    Map<String, List<Start.Sample>> samples = new LinkedHashMap<>();
    for (int i = 1; i <= starts; i++) {
      progress.accept("Cold start %d of %d".formatted(i, starts));
      for (Contender contender : contenders) {
        samples.computeIfAbsent(contender.name(), _ -> new ArrayList<>()).add(once(contender));
      }
    }
    return samples;
  }

  private Start.Sample once(Contender contender) throws Exception {
    byte[] request = contender.first().request().get();
    try (FunctionProcess function = bench.prepare(contender.name(), contender.command(), Map.of())) {
      long start = System.nanoTime();
      function.start();
      try (HttpConnection connection = function.awaitReady()) {
        double ready = millisSince(start);
        int status = connection.exchange(request);
        double answer = millisSince(start);
        if (status != contender.first().expected()) {
          throw new IllegalStateException(
              "%s answered %d: %s".formatted(contender.name(), status, connection.body()));
        }
        return new Start.Sample(ready, answer, Proc.cpuSeconds(function.pid()) * 1_000,
            Proc.residentMiB(function.pid()));
      }
    }
  }

  private static double millisSince(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e6;
  }
}
