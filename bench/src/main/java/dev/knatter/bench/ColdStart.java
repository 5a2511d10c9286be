package dev.knatter.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Starts a process for a first request, as a cluster does after an idle night, and again and again: from the start of
 * {@code java} until the answer, which waits, as a queue-proxy does, until the function says that it is ready.
 */
final class ColdStart {
  /** A function, and what it is asked first. */
  record First(String function, int expected, Supplier<byte[]> request) {}

  private final Workbench bench;
  private final Consumer<String> progress;

  ColdStart(Workbench bench, Consumer<String> progress) {
    this.bench = bench;
    this.progress = progress;
  }

  /** One start of each function, and then again, so that what disturbs the machine disturbs them all. */
  List<Start> run(List<First> functions, int starts) throws Exception {
    Map<String, List<Start.Sample>> samples = new LinkedHashMap<>();
    for (int i = 1; i <= starts; i++) {
      progress.accept("Cold start %d of %d".formatted(i, starts));
      for (First first : functions) {
        samples.computeIfAbsent(first.function(), _ -> new ArrayList<>()).add(once(first));
      }
    }
    return samples.entrySet().stream().map(entry -> Start.of(entry.getKey(), entry.getValue())).toList();
  }

  private Start.Sample once(First first) throws Exception {
    byte[] request = first.request().get();
    try (FunctionProcess function = bench.prepare(first.function())) {
      long start = System.nanoTime();
      function.start();
      try (HttpConnection connection = function.awaitReady()) {
        double ready = millisSince(start);
        int status = connection.exchange(request);
        double answer = millisSince(start);
        if (status != first.expected()) {
          throw new IllegalStateException(
              "%s answered %d: %s".formatted(first.function(), status, connection.body()));
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
