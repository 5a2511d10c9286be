package dev.knatter.bench;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.knatter.core.Env;
import dev.knatter.embedded.CannotStartException;
import dev.knatter.embedded.Checkout;

/** {@code ./knatter bench}: a measurement, never a test. It fails only where it could not measure. */
final class Bench {
  private static final String PASSWORD = "correct horse battery staple";

  private final Options options;
  private final Workbench bench;
  private final Crowd crowd;

  private Bench(Options options, Workbench bench, Crowd crowd) {
    this.options = options;
    this.bench = bench;
    this.crowd = crowd;
  }

  public static void main(String[] args) throws Exception {
    if (List.of(args).contains("--help")) {
      System.out.print(Options.USAGE);
      return;
    }
    Options options;
    try {
      options = Options.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.print(Options.USAGE);
      System.exit(2);
      return;
    }
    try {
      run(options);
    } catch (CannotStartException | IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void run(Options options) throws Exception {
    Jvm jvm = new Jvm(options.jvm());
    try (Workbench bench = Workbench.open(Checkout.root().resolve(".knatter/bench"), jvm, Bench::progress)) {
      progress("Writing the messages that will be read");
      Results results = new Bench(options, bench, bench.people()).measure();
      new TextReport(new PrintStream(System.out, true, StandardCharsets.UTF_8)).print(results);
      if (options.json() != null) {
        Files.writeString(options.json(), JsonReport.of(results));
      }
    }
  }

  private Results measure() throws Exception {
    Map<String, Double> resident = new LinkedHashMap<>();
    List<Level> levels = load(resident);
    List<Start> starts = new ColdStart(bench, Bench::progress).run(first(), options.starts());
    return new Results(Instant.now(), Results.Machine.here(bench.jvm()), options, levels, starts, resident);
  }

  private List<Level> load(Map<String, Double> resident) throws Exception {
    try (FunctionProcess send = start("send");
        FunctionProcess messages = start("messages");
        RawProcess raw = RawProcess.start(bench.jvm(), crowd, bench.environment(), bench.logs())) {
      Knatter knatter = new Knatter(Map.of("send", send, "messages", messages), bench.env(), crowd,
          bench.redis());
      List<Level> levels = new Comparison(knatter, raw, bench.stores(), Bench::progress)
        .run(options.rounds(), options.seconds());
      resident.put("send", Proc.residentMiB(send.pid()));
      resident.put("messages", Proc.residentMiB(messages.pid()));
      resident.put("driver", Proc.residentMiB(raw.pid(Scenario.SEND)));
      bench.stores().forEach((name, pid) -> resident.put(name, Proc.residentMiB(pid)));
      return levels;
    }
  }

  private FunctionProcess start(String name) throws Exception {
    FunctionProcess function = bench.prepare(name);
    function.start();
    function.awaitReady().close();
    return function;
  }

  /** What each function is asked first after it has started. */
  private List<ColdStart.First> first() throws Exception {
    register("bench-login");
    AtomicInteger number = new AtomicInteger();
    Env env = bench.env();
    return List.of(
        new ColdStart.First("register", 201, () -> account("bench-" + number.incrementAndGet(), "register")),
        new ColdStart.First("login", 200, () -> account("bench-login", "login")),
        new ColdStart.First("send", 201, () -> new Requests(env, crowd).send(crowd.writing().getFirst())),
        new ColdStart.First("messages", 200,
            () -> new Requests(env, crowd).page(crowd.reading().getFirst())));
  }

  private void register(String username) throws Exception {
    try (FunctionProcess register = start("register");
        HttpWorker worker = new HttpWorker(register.port(), 201, () -> account(username, "register"))) {
      worker.once();
    }
  }

  private static byte[] account(String username, String operation) {
    return HttpConnection.request("POST /v1/" + operation, "",
        "{\"username\":\"" + username + "\",\"password\":\"" + PASSWORD + "\"}");
  }

  private static void progress(String line) {
    System.err.println(line);
  }
}
