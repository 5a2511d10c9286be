package dev.knatter.bench.cold;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.knatter.bench.process.FunctionProcess;
import dev.knatter.bench.process.HttpConnection;
import dev.knatter.bench.process.Proc;
import dev.knatter.bench.setup.BenchEnvironment;
import dev.knatter.bench.setup.MeasuredProgram;

/**
 * Starts a process for a first request, as a cluster does after an idle night, and again and again: from the start of
 * {@code java} until the answer, which waits, as a queue-proxy does, until the program says that it is ready.
 */
final class ColdStart {
  private final BenchEnvironment bench;
  private final Consumer<String> progress;

  ColdStart(BenchEnvironment bench, Consumer<String> progress) {
    this.bench = bench;
    this.progress = progress;
  }

  /** One start of each, and then again, so that what disturbs the machine disturbs them all; samples by name. */
  Map<String, List<StartFigures.Sample>> run(List<MeasuredProgram> contenders, int starts) throws Exception {
    progress.accept("Starting each once, so that its files are in memory");
    for (MeasuredProgram measured : contenders) {
      once(measured);
    }
    Map<String, List<StartFigures.Sample>> samples = new LinkedHashMap<>();
    for (int i = 1; i <= starts; i++) {
      progress.accept("Cold start %d of %d".formatted(i, starts));
      for (MeasuredProgram measured : contenders) {
        samples.computeIfAbsent(measured.name(), _ -> new ArrayList<>()).add(once(measured));
      }
    }
    return samples;
  }

  private StartFigures.Sample once(MeasuredProgram measured) throws Exception {
    byte[] request = measured.first().request().get();
    try (FunctionProcess function = bench.prepare(measured.name(), measured.command(), Map.of())) {
      long start = System.nanoTime();
      function.start();
      try (HttpConnection connection = function.awaitReady()) {
        double ready = millisSince(start);
        int status = connection.exchange(request);
        double answer = millisSince(start);
        if (status != measured.first().expected()) {
          throw new IllegalStateException(
              "%s answered %d: %s".formatted(measured.name(), status, connection.body()));
        }
        return new StartFigures.Sample(ready, answer, Proc.cpuSeconds(function.pid()) * 1_000,
            Proc.residentMiB(function.pid()));
      }
    }
  }

  private static double millisSince(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e6;
  }
}
