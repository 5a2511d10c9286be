package dev.knatter.bench.load;

import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.knatter.bench.process.EventReceiver;
import dev.knatter.bench.process.FunctionProcess;
import dev.knatter.bench.process.Machine;
import dev.knatter.bench.process.Proc;
import dev.knatter.bench.process.Resources;
import dev.knatter.bench.process.Scheduling;
import dev.knatter.bench.setup.BenchEnvironment;
import dev.knatter.bench.setup.FirstRequests;
import dev.knatter.bench.setup.MeasuredProgram;
import dev.knatter.bench.setup.OpenSession;
import dev.knatter.bench.setup.Packages;
import dev.knatter.bench.setup.TestUsers;
import dev.knatter.packaging.PackageFolder;

/** {@code ./knatter bench}: what the functions do in a second, beside a send without any framework and parts of it alone. */
public final class LoadBench {
  private final LoadOptions options;
  private final BenchEnvironment bench;
  private final TestUsers users;
  private final Consumer<String> progress;

  private LoadBench(LoadOptions options, BenchEnvironment bench, TestUsers users, Consumer<String> progress) {
    this.options = options;
    this.bench = bench;
    this.users = users;
    this.progress = progress;
  }

  public static void run(LoadOptions options, Consumer<String> progress) throws Exception {
    Packages.requireMade();
    if (!options.preempting()) {
      Scheduling.inBatches(ProcessHandle.current().pid());
    }
    try (BenchEnvironment bench = BenchEnvironment.open(options.jvm(), progress)) {
      progress.accept("Writing the messages that will be read");
      LoadResults results = new LoadBench(options, bench, bench.people(), progress).measure();
      new LoadReport(System.out).print(results);
      if (options.json() != null) {
        Files.writeString(options.json(), LoadReport.json(results));
      }
    }
  }

  private LoadResults measure() throws Exception {
    Map<String, Double> resident = new LinkedHashMap<>();
    List<LevelResult> levels = load(resident);
    List<String> jvm = Packages.jvm(Packages.product(functions().getFirst()));
    return new LoadResults(Instant.now(),
        Machine.here(Stream.concat(jvm.stream(), options.jvm().stream()).toList()),
        options, levels, resident);
  }

  /** What has to be started. */
  private List<String> functions() {
    return options.scenarios().stream().map(Scenario::function).distinct().toList();
  }

  private List<LevelResult> load(Map<String, Double> resident) throws Exception {
    try (Resources started = new Resources()) {
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
          raw = started.add(RawProcess.start(jvm, function, users, bench.environment(), bench.logs()));
          byOptions.put(jvm, raw);
          pids.put(LoadTarget.DRIVER + ", as " + function, raw.pid());
        }
        alone.put(function, raw);
      }
      List<LoadTarget> targets = new ArrayList<>();
      targets.add(target(LoadTarget.KNATTER, ours));
      if (ours.containsKey(Scenario.SEND.function())) {
        FunctionProcess publishing = startPublishing(started);
        targets.add(target(LoadTarget.PUBLISHING, Map.of(Scenario.SEND.function(), publishing)));
        pids.put(LoadTarget.PUBLISHING, publishing.pid());
        FunctionProcess floor = started.add(bench.start(Packages.FLOOR, floor().command(), Map.of()));
        targets.add(target(Packages.FLOOR, Map.of(Scenario.SEND.function(), floor)));
        pids.put(Packages.FLOOR, floor.pid());
      }
      Stream.of(Part.values()).map(part -> new RawTarget(part, alone)).forEach(targets::add);
      List<LevelResult> levels = new Comparison(targets, bench.stores(), progress).run(options);
      pids.putAll(bench.stores());
      pids.forEach((name, pid) -> resident.put(name, Proc.residentMiB(pid)));
      return levels;
    }
  }

  private FunctionProcess startPublishing(Resources started) throws Exception {
    EventReceiver sink = started.add(EventReceiver.start());
    List<String> command = Packages.product(Scenario.SEND.function()).command();
    return started.add(bench.start(LoadTarget.PUBLISHING, command, Map.of("K_SINK", sink.uri().toString())));
  }

  private MeasuredProgram floor() throws Exception {
    return new Packages(bench, users, new FirstRequests(bench.env(), users), progress).floor();
  }

  private HttpTarget target(String name, Map<String, FunctionProcess> processes) {
    List<OpenSession> sessions = processes.containsKey(Scenario.REFRESH.function())
        ? bench.sessions(users)
        : List.of();
    return new HttpTarget(name, processes, bench.env(), users, bench.redis(), sessions);
  }
}
