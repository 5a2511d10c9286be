package dev.knatter.bench.cold;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.knatter.bench.process.FunctionProcess;
import dev.knatter.bench.process.HttpConnection;
import dev.knatter.bench.report.Spread;
import dev.knatter.bench.setup.BenchEnvironment;
import dev.knatter.bench.setup.MeasuredProgram;
import dev.knatter.bench.setup.Packages;

/** Takes starts apart. Nothing is asked of the program but what it is always asked: its JVM tells. */
final class StartTracer {
  private final BenchEnvironment bench;
  private final Consumer<String> progress;

  StartTracer(BenchEnvironment bench, Consumer<String> progress) {
    this.bench = bench;
    this.progress = progress;
  }

  StartTrace explain(MeasuredProgram measured, int starts) throws Exception {
    Path file = bench.logs().resolve(measured.name() + "-classes.log");
    Map<String, List<Double>> milestones = new LinkedHashMap<>();
    ClassLog classes = once(measured, ClassLog.loading(file), file, new LinkedHashMap<>());
    for (int i = 1; i <= starts; i++) {
      progress.accept("Start %d of %d".formatted(i, starts));
      once(measured, ClassLog.initializing(file), file, milestones);
    }
    Map<String, Spread> spreads = new LinkedHashMap<>();
    milestones.forEach((name, values) -> spreads.put(name, Spread.of(values)));
    return new StartTrace(measured.name(), starts, spreads, classes.outside());
  }

  private ClassLog once(MeasuredProgram measured, String option, Path file,
      Map<String, List<Double>> milestones) throws Exception {
    Files.deleteIfExists(file);
    byte[] request = measured.first().request().get();
    long start;
    long listening;
    long ready;
    long answered;
    try (FunctionProcess function = bench.prepare(measured.name(), measured.command(),
        Map.of("JAVA_TOOL_OPTIONS", option))) {
      start = System.nanoTime();
      function.start();
      try (HttpConnection connection = function.awaitReady()) {
        listening = function.listeningNanos();
        ready = System.nanoTime();
        int status = connection.exchange(request);
        answered = System.nanoTime();
        if (status != measured.first().expected()) {
          throw new IllegalStateException(
              "%s answered %d: %s".formatted(measured.name(), status, connection.body()));
        }
      }
    }
    ClassLog log = ClassLog.read(file);
    Map<String, Long> reached = new LinkedHashMap<>();
    reached.put("the JVM begins", log.beginNanos());
    log.firstUse("dev/knatter/", 0).ifPresent(at -> reached.put("main", at));
    reached.put("the server listens", listening);
    reached.put("the stores are open", ready);
    log.firstUse(Packages.codeOf(measured.name()), ready)
      .ifPresent(at -> reached.put("the function is called", at));
    reached.put("answered", answered);
    reached.forEach((name, at) -> milestones.computeIfAbsent(name, _ -> new ArrayList<>())
      .add((at - start) / 1e6));
    return log;
  }
}
