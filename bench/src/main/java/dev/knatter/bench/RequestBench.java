package dev.knatter.bench;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** {@code ./knatter bench}: what the functions do in a second, beside the plain driver. */
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
    try (Workbench bench = Workbench.open(new Jvm(options.jvm()), progress)) {
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
    List<Level> levels = load(resident);
    return new Results(Instant.now(), Machine.here(bench.jvm().options()), options, levels, resident);
  }

  private List<Level> load(Map<String, Double> resident) throws Exception {
    try (FunctionProcess send = bench.start("send");
        FunctionProcess messages = bench.start("messages");
        RawProcess raw = RawProcess.start(bench.jvm(), crowd, bench.environment(), bench.logs())) {
      Knatter knatter = new Knatter(Map.of("send", send, "messages", messages), bench.env(), crowd,
          bench.redis());
      List<Level> levels = new Comparison(knatter, raw, bench.stores(), progress)
        .run(options.rounds(), options.seconds());
      resident.put("send", Proc.residentMiB(send.pid()));
      resident.put("messages", Proc.residentMiB(messages.pid()));
      resident.put("driver", Proc.residentMiB(raw.pid(Scenario.SEND)));
      bench.stores().forEach((name, pid) -> resident.put(name, Proc.residentMiB(pid)));
      return levels;
    }
  }
}
