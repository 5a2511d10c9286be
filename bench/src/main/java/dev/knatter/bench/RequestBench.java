package dev.knatter.bench;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.knatter.packaging.PackageFolder;

/** {@code ./knatter bench}: what the functions do in a second, beside a send without any framework and parts of it alone. */
final class RequestBench {
  private final Options options;
  private final Workbench bench;
  private final Crowd crowd;
  private final Consumer<String> progress;

  private RequestBench(Options options, Workbench bench, Crowd crowd, Consumer<String> progress) {
    this.options = options;
    this.bench = bench;
    this.crowd = crowd;
    this.progress = progress;
  }

  static void run(Options options, Consumer<String> progress) throws Exception {
    Packages.requireMade();
    if (!options.preempting()) {
      Scheduling.inBatches(ProcessHandle.current().pid());
    }
    try (Workbench bench = Workbench.open(options.jvm(), progress)) {
      progress.accept("Writing the messages that will be read");
      Results results = new RequestBench(options, bench, bench.people(), progress).measure();
      new TextReport(new PrintStream(System.out, true, StandardCharsets.UTF_8)).print(results);
      if (options.json() != null) {
        Files.writeString(options.json(), JsonReport.of(results));
      }
    }
  }

  private Results measure() throws Exception {
    Map<String, Double> resident = new LinkedHashMap<>();
    List<LevelResult> levels = load(resident);
    List<String> jvm = Packages.jvm(Packages.product(functions().getFirst()));
    return new Results(Instant.now(),
        Machine.here(Stream.concat(jvm.stream(), options.jvm().stream()).toList()),
        options, levels, resident);
  }

  /** What has to be started. */
  private List<String> functions() {
    return options.scenarios().stream().map(Scenario::function).distinct().toList();
  }

  private List<LevelResult> load(Map<String, Double> resident) throws Exception {
    try (Started started = new Started()) {
      Map<String, Long> pids = new LinkedHashMap<>();
      Map<String, FunctionProcess> ours = new LinkedHashMap<>();
      Map<String, RawProcess> alone = new LinkedHashMap<>();
      Map<List<String>, RawProcess> byOptions = new HashMap<>();
      for (String function : functions()) {
        PackageFolder packaged = Packages.product(function);
        FunctionProcess process = started.add(bench.start(function, packaged.command(), Map.of()));
        ours.put(function, process);
        pids.put(function, process.pid());
        List<String> jvm = Packages.jvm(packaged);
        RawProcess raw = byOptions.get(jvm);
        if (raw == null) {
          raw = started.add(RawProcess.start(jvm, function, crowd, bench.environment(), bench.logs()));
          byOptions.put(jvm, raw);
          pids.put(Party.DRIVER + ", as " + function, raw.pid());
        }
        alone.put(function, raw);
      }
      List<Party> parties = new ArrayList<>();
      parties.add(party(Party.KNATTER, ours));
      if (ours.containsKey(Scenario.SEND.function())) {
        FunctionProcess floor = started.add(bench.start(Packages.FLOOR, floor().command(), Map.of()));
        parties.add(party(Packages.FLOOR, Map.of(Scenario.SEND.function(), floor)));
        pids.put(Packages.FLOOR, floor.pid());
      }
      Stream.of(Part.values()).map(part -> new RawParty(part, alone)).forEach(parties::add);
      List<LevelResult> levels = new Comparison(parties, bench.stores(), progress).run(options);
      pids.putAll(bench.stores());
      pids.forEach((name, pid) -> resident.put(name, Proc.residentMiB(pid)));
      return levels;
    }
  }

  private Contender floor() throws Exception {
    return new Packages(bench, crowd, new FirstRequests(bench.env(), crowd), progress).floor();
  }

  private HttpParty party(String name, Map<String, FunctionProcess> processes) {
    List<OpenSession> sessions = processes.containsKey(Scenario.REFRESH.function())
        ? bench.sessions(crowd)
        : List.of();
    return new HttpParty(name, processes, bench.env(), crowd, bench.redis(), sessions);
  }
}
