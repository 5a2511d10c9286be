package dev.knatter.bench.growth;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.knatter.bench.generator.LoadDuration;
import dev.knatter.bench.generator.Outcome;
import dev.knatter.bench.generator.WarmUp;
import dev.knatter.bench.process.BackgroundLoad;
import dev.knatter.bench.process.IdleWait;
import dev.knatter.bench.process.Machine;
import dev.knatter.bench.process.Scheduling;
import dev.knatter.bench.report.Spread;
import dev.knatter.bench.setup.BenchEnvironment;
import dev.knatter.bench.setup.Packages;
import dev.knatter.embedded.Checkout;

/** {@code ./knatter bench growth}: what the functions do in a second while everything that is stored grows. */
public final class GrowthBench {
  private static final Path DOCS = Checkout.root().resolve("docs");
  private static final Duration WARM_UP = Duration.ofMinutes(1);
  private static final int SORTED_SECONDS = 240;

  private final GrowthOptions options;
  private final BenchEnvironment bench;
  private final Consumer<String> progress;

  private GrowthBench(GrowthOptions options, BenchEnvironment bench, Consumer<String> progress) {
    this.options = options;
    this.bench = bench;
    this.progress = progress;
  }

  public static void run(GrowthOptions options, Consumer<String> progress) throws Exception {
    Packages.requireMade();
    Scheduling.inBatches(ProcessHandle.current().pid());
    try (BenchEnvironment bench = BenchEnvironment.open(List.of(), progress)) {
      GrowthResults results = new GrowthBench(options, bench, progress).measure();
      System.out.print(GrowthReport.table(results));
      if (options.publish()) {
        Files.writeString(DOCS.resolve("growth.md"), GrowthReport.page(results));
        Files.writeString(DOCS.resolve("growth.svg"), GrowthPlot.svg(results));
      }
      if (options.json() != null) {
        Files.writeString(options.json(), GrowthReport.json(results));
      }
    }
  }

  private GrowthResults measure() throws Exception {
    List<SizedInstallation> installations = new ArrayList<>();
    try {
      for (int size : options.sizes()) {
        installations.add(SizedInstallation.create(bench, size, progress));
      }
      progress.accept("Waiting until Cassandra has written and sorted it all");
      IdleWait.await(bench.stores(), SORTED_SECONDS);
      BackgroundLoad background = new BackgroundLoad(
          Stream
            .concat(bench.stores().values().stream(), installations.stream().flatMap(SizedInstallation::pids))
            .toList());
      List<GrowthPoint> points = new ArrayList<>();
      for (GrowthScenario scenario : GrowthScenario.values()) {
        warmUp(installations, scenario);
        for (int connections : options.connections()) {
          progress.accept("%s, %d at once".formatted(scenario.title(), connections));
          points.addAll(measure(installations, scenario, connections));
        }
      }
      return new GrowthResults(Instant.now(), Machine.here(Packages.jvm(Packages.product("send"))), options,
          points,
          GrowthReport.notes(background.cores(0)));
    } finally {
      for (SizedInstallation installation : installations) {
        installation.close();
      }
    }
  }

  /** Just before it is measured: what is read first must not grow by what is sent later. */
  private void warmUp(List<SizedInstallation> installations, GrowthScenario scenario) throws Exception {
    WarmUp warmUp = new WarmUp(WARM_UP, progress);
    for (SizedInstallation installation : installations) {
      warmUp.run("%s among %,d".formatted(scenario.title(), installation.size()),
          (connections, pace) -> installation.run(scenario, connections, pace));
    }
  }

  /** All sizes in turn, so that what disturbs the machine disturbs them all. */
  private List<GrowthPoint> measure(List<SizedInstallation> installations, GrowthScenario scenario,
      int connections)
      throws InterruptedException {
    List<List<Outcome>> outcomes = installations.stream().<List<Outcome>>map(_ -> new ArrayList<>()).toList();
    for (int round = 0; round < options.rounds(); round++) {
      for (int i = 0; i < installations.size(); i++) {
        int turn = (i + round) % installations.size(); // none of them is always the first
        IdleWait.await(bench.stores());
        outcomes.get(turn)
          .add(installations.get(turn).run(scenario, connections, LoadDuration.of(options.seconds())));
      }
    }
    return IntStream.range(0, installations.size())
      .mapToObj(i -> point(scenario, installations.get(i).size(), connections, outcomes.get(i),
          outcomes.getFirst()))
      .toList();
  }

  private static GrowthPoint point(GrowthScenario scenario, int size, int connections, List<Outcome> outcomes,
      List<Outcome> smallest) {
    return new GrowthPoint(scenario, size, connections,
        Spread.of(outcomes.stream().map(Outcome::rate).toList()),
        Spread.of(outcomes.stream().map(Outcome::p99).toList()),
        Spread.of(IntStream.range(0, outcomes.size())
          .mapToObj(i -> outcomes.get(i).rate() / smallest.get(i).rate())
          .toList()),
        outcomes.stream().mapToLong(Outcome::failures).sum(),
        outcomes.stream().map(Outcome::failure).filter(text -> !text.isEmpty()).findFirst().orElse(""));
  }
}
