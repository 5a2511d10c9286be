package dev.knatter.bench;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** {@code ./knatter bench}: what the functions do in a second, beside a send without any framework and the plain driver. */
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
    List<String> jvm = Packages.jvm(Packages.product("send"));
    Map<String, Double> resident = new LinkedHashMap<>();
    List<Level> levels = load(jvm, resident);
    return new Results(Instant.now(),
        Machine.here(Stream.concat(jvm.stream(), options.jvm().stream()).toList()),
        options, levels, resident);
  }

  private List<Level> load(List<String> jvm, Map<String, Double> resident) throws Exception {
    Contender least = new Packages(bench, crowd, new FirstRequests(bench.env(), crowd), progress).floor();
    try (FunctionProcess send = bench.start("send", Packages.product("send").command(), Map.of());
        FunctionProcess messages = bench.start("messages", Packages.product("messages").command(), Map.of());
        FunctionProcess floor = bench.start(Packages.FLOOR, least.command(), Map.of());
        RawProcess raw = RawProcess.start(jvm, crowd, bench.environment(), bench.logs())) {
      List<Party> parties = List.of(
          new HttpParty(Party.KNATTER, Map.of("send", send, "messages", messages), bench.env(), crowd,
              bench.redis()),
          new HttpParty(Packages.FLOOR, Map.of("send", floor), bench.env(), crowd, bench.redis()), raw);
      List<Level> levels = new Comparison(parties, bench.stores(), progress).run(options);
      resident.put("send", Proc.residentMiB(send.pid()));
      resident.put("messages", Proc.residentMiB(messages.pid()));
      resident.put("floor", Proc.residentMiB(floor.pid()));
      resident.put("driver", Proc.residentMiB(raw.pid(Scenario.SEND)));
      bench.stores().forEach((name, pid) -> resident.put(name, Proc.residentMiB(pid)));
      return levels;
    }
  }
}
