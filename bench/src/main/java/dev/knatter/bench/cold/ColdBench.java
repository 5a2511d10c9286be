package dev.knatter.bench.cold;

import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.knatter.bench.process.BackgroundLoad;
import dev.knatter.bench.process.FunctionProcess;
import dev.knatter.bench.process.Machine;
import dev.knatter.bench.setup.BenchEnvironment;
import dev.knatter.bench.setup.FirstRequests;
import dev.knatter.bench.setup.MeasuredProgram;
import dev.knatter.bench.setup.Packages;
import dev.knatter.bench.setup.TestUsers;
import dev.knatter.chat.account.ErasedNames;
import dev.knatter.chat.account.Passwords;
import dev.knatter.chat.account.Registration;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.CassandraSettings;

/** {@code ./knatter bench cold}: how soon what {@code ./knatter package} makes is there, and what that costs. */
public final class ColdBench {
  private final ColdOptions options;
  private final BenchEnvironment bench;
  private final OutboxCleanup outboxCleanup;
  private final TestUsers users;
  private final Packages packages;
  private final Consumer<String> progress;

  private ColdBench(ColdOptions options, BenchEnvironment bench, OutboxCleanup outboxCleanup,
      Consumer<String> progress)
      throws Exception {
    this.options = options;
    this.bench = bench;
    this.outboxCleanup = outboxCleanup;
    this.users = bench.people();
    FirstRequests first = new FirstRequests(bench.env(), users);
    this.packages = new Packages(bench, users, first, progress);
    this.progress = progress;
  }

  public static void run(ColdOptions options, Consumer<String> progress) throws Exception {
    Packages.requireMade();
    try (BenchEnvironment bench = BenchEnvironment.open(List.of(), progress);
        OutboxCleanup outboxCleanup = new OutboxCleanup(bench.env())) {
      ColdBench cold = new ColdBench(options, bench, outboxCleanup, progress);
      if (options.explain() == null) {
        ColdResults results = cold.measure();
        System.out.print(ColdReport.text(results));
        write(options, ColdReport.json(results));
      } else {
        StartTrace explanation = cold.explain(options.explain());
        System.out.print(explanation.text());
        write(options, explanation.json());
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
    List<MeasuredProgram> functions = functions();
    MeasuredProgram floor = packages.floor();
    List<MeasuredProgram> all = new ArrayList<>(List.of(floor));
    all.addAll(functions);
    try (SendContract contract = new SendContract(bench.env(), users)) {
      if (options.peers()) {
        all.addAll(new Peers(bench, contract, floor.first(), progress).build());
      }
      progress.accept("Looking whether each send does what it must");
      for (MeasuredProgram measured : all) {
        if (measured.first().equals(floor.first())) {
          check(contract, measured);
        }
      }
    }
    BackgroundLoad background = new BackgroundLoad(bench.stores().values());
    Map<String, List<StartFigures.Sample>> samples = new ColdStart(bench, progress).run(all,
        options.starts());
    double others = background.cores(samples.values()
      .stream()
      .flatMap(List::stream)
      .mapToDouble(StartFigures.Sample::cpu)
      .sum() / 1_000);
    List<StartFigures.Sample> least = samples.getOrDefault(floor.name(), List.of());
    List<StartFigures> starts = samples.entrySet()
      .stream()
      .map(entry -> StartFigures.of(entry.getKey(), entry.getValue(), least))
      .toList();
    return new ColdResults(Instant.now(), Machine.here(Packages.jvm(Packages.product("send"))),
        options.starts(), starts,
        ColdReport.notes(options.peers(), others));
  }

  private List<MeasuredProgram> functions() throws Exception {
    return packages.functions()
      .stream()
      .map(each -> each.name().equals("outbox") ? outboxCleanup.sweptBefore(each) : each)
      .toList();
  }

  private void check(SendContract contract, MeasuredProgram measured) throws Exception {
    try (FunctionProcess process = bench.prepare(measured.name(), measured.command(), Map.of())) {
      process.start();
      process.awaitReady().close();
      contract.check(process.port());
    } catch (IllegalStateException e) {
      throw new IllegalStateException(measured.name() + " is no send: " + e.getMessage(), e);
    }
  }

  private StartTrace explain(String function) throws Exception {
    registerWhoLogsIn();
    MeasuredProgram measured = function.equals(Packages.FLOOR)
        ? packages.floor()
        : functions().stream()
          .filter(each -> each.name().equals(function))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException(
              "Nothing is packaged by the name " + function + ": ./knatter package " + function));
    return new StartTracer(bench, progress).explain(measured, options.starts());
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
