package dev.knatter.bench;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.knatter.chat.account.ErasedNames;
import dev.knatter.chat.account.Passwords;
import dev.knatter.chat.account.Registration;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.CassandraSettings;

/** {@code ./knatter bench cold}: how soon what {@code ./knatter package} makes is there, and what that costs. */
final class ColdBench {
  private final ColdOptions options;
  private final Workbench bench;
  private final OutboxCleanup leftovers;
  private final Crowd crowd;
  private final Packages packages;
  private final Consumer<String> progress;

  private ColdBench(ColdOptions options, Workbench bench, OutboxCleanup leftovers, Consumer<String> progress)
      throws Exception {
    this.options = options;
    this.bench = bench;
    this.leftovers = leftovers;
    this.crowd = bench.people();
    FirstRequests first = new FirstRequests(bench.env(), crowd);
    this.packages = new Packages(bench, crowd, first, progress);
    this.progress = progress;
  }

  static void run(ColdOptions options, Consumer<String> progress) throws Exception {
    Packages.requireMade();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (Workbench bench = Workbench.open(List.of(), progress);
        OutboxCleanup leftovers = new OutboxCleanup(bench.env())) {
      ColdBench cold = new ColdBench(options, bench, leftovers, progress);
      if (options.explain() == null) {
        ColdResults results = cold.measure();
        out.print(ColdReport.text(results));
        write(options, JsonReport.of(results));
      } else {
        StartTrace explanation = cold.explain(options.explain());
        out.print(explanation.text());
        write(options, JsonReport.of(explanation));
      }
    }
  }

  private static void write(ColdOptions options, String json) throws Exception {
    if (options.json() != null) {
      Files.writeString(options.json(), json);
    }
  }

  private ColdResults measure() throws Exception {
    registerWhoLogsIn();
    List<Contender> functions = functions();
    Contender floor = packages.floor();
    List<Contender> all = new ArrayList<>(List.of(floor));
    all.addAll(functions);
    try (Contract contract = new Contract(bench.env(), crowd)) {
      if (options.peers()) {
        all.addAll(new Peers(bench, contract, floor.first(), progress).build());
      }
      progress.accept("Looking whether each send does what it must");
      for (Contender contender : all) {
        if (contender.first().equals(floor.first())) {
          check(contract, contender);
        }
      }
    }
    BackgroundLoad disturbance = new BackgroundLoad(bench.stores().values());
    Map<String, List<Start.Sample>> samples = new ColdStart(bench, progress).run(all, options.starts());
    double others = disturbance.cores(samples.values()
      .stream()
      .flatMap(List::stream)
      .mapToDouble(Start.Sample::cpu)
      .sum() / 1_000);
    List<Start.Sample> least = samples.getOrDefault(floor.name(), List.of());
    List<Start> starts = samples.entrySet()
      .stream()
      .map(entry -> Start.of(entry.getKey(), entry.getValue(), least))
      .toList();
    return new ColdResults(Instant.now(), Machine.here(Packages.jvm(Packages.product("send"))),
        options.starts(), starts,
        ColdReport.notes(options.peers(), others));
  }

  private List<Contender> functions() throws Exception {
    return packages.functions()
      .stream()
      .map(each -> each.name().equals("outbox") ? leftovers.sweptBefore(each) : each)
      .toList();
  }

  private void check(Contract contract, Contender contender) throws Exception {
    try (FunctionProcess process = bench.prepare(contender.name(), contender.command(), Map.of())) {
      process.start();
      process.awaitReady().close();
      contract.check(process.port());
    } catch (IllegalStateException e) {
      throw new IllegalStateException(contender.name() + " is no send: " + e.getMessage(), e);
    }
  }

  private StartTrace explain(String function) throws Exception {
    registerWhoLogsIn();
    Contender contender = function.equals(Packages.FLOOR)
        ? packages.floor()
        : functions().stream()
          .filter(each -> each.name().equals(function))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException(
              "Nothing is packaged by the name " + function + ": ./knatter package " + function));
    return new StartTracer(bench, progress).explain(contender, options.starts());
  }

  /** Without the account there is nothing to log in to. */
  private void registerWhoLogsIn() {
    Clock clock = Clock.systemUTC();
    try (Cassandra cassandra = Cassandra.open(CassandraSettings.from(bench.env()), clock)) {
      Uuid7 ids = new Uuid7(clock);
      new Registration(cassandra, clock, ids, new Passwords(1), ErasedNames.from(bench.env(), cassandra))
        .register(FirstRequests.whoLogsIn());
    }
  }
}
