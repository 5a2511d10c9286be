package dev.knatter.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Takes starts apart. Nothing is asked of the program but what it is always asked: its JVM tells. */
final class StartTracer {
  private final Workbench bench;
  private final Consumer<String> progress;

  StartTracer(Workbench bench, Consumer<String> progress) {
    this.bench = bench;
    this.progress = progress;
  }

  StartTrace explain(Contender contender, int starts) throws Exception {
    Path file = bench.logs().resolve(contender.name() + "-classes.log");
    Map<String, List<Double>> milestones = new LinkedHashMap<>();
    ClassLog classes = once(contender, ClassLog.loading(file), file, new LinkedHashMap<>());
    for (int i = 1; i <= starts; i++) {
      progress.accept("Start %d of %d".formatted(i, starts));
      once(contender, ClassLog.initializing(file), file, milestones);
    }
    Map<String, Spread> spreads = new LinkedHashMap<>();
    milestones.forEach((name, values) -> spreads.put(name, Spread.of(values)));
    return new StartTrace(contender.name(), starts, spreads, classes.outside());
  }

  private ClassLog once(Contender contender, String option, Path file,
      Map<String, List<Double>> milestones) throws Exception {
    Files.deleteIfExists(file);
    byte[] request = contender.first().request().get();
    long start;
    long listening;
    long ready;
    long answered;
    try (FunctionProcess function = bench.prepare(contender.name(), contender.command(),
        Map.of("JAVA_TOOL_OPTIONS", option))) {
      start = System.nanoTime();
      function.start();
      try (HttpConnection connection = function.awaitReady()) {
        listening = function.listeningNanos();
        ready = System.nanoTime();
        int status = connection.exchange(request);
        answered = System.nanoTime();
        if (status != contender.first().expected()) {
          throw new IllegalStateException(
              "%s answered %d: %s".formatted(contender.name(), status, connection.body()));
        }
      }
    }
    ClassLog log = ClassLog.read(file);
    Map<String, Long> reached = new LinkedHashMap<>();
    reached.put("the JVM begins", log.beginNanos());
    log.firstUse("dev/knatter/", 0).ifPresent(at -> reached.put("main", at));
    reached.put("the server listens", listening);
    reached.put("the stores are open", ready);
    log.firstUse(Packages.codeOf(contender.name()), ready)
      .ifPresent(at -> reached.put("the function is called", at));
    reached.put("answered", answered);
    reached.forEach((name, at) -> milestones.computeIfAbsent(name, _ -> new ArrayList<>())
      .add((at - start) / 1e6));
    return log;
  }
}
