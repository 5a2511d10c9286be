package dev.knatter.bench;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.knatter.embedded.Checkout;

/** {@code ./knatter bench growth}: what the functions do in a second while everything that is stored grows. */
final class GrowthBench {
  private static final Path DOCS = Checkout.root().resolve("docs");
  private static final Duration WARM_UP = Duration.ofMinutes(1);
  private static final int SORTED_SECONDS = 240;

  private final GrowthOptions options;
  private final Workbench bench;
  private final Consumer<String> progress;

  private GrowthBench(GrowthOptions options, Workbench bench, Consumer<String> progress) {
    this.options = options;
    this.bench = bench;
    this.progress = progress;
  }

  static void run(GrowthOptions options, Consumer<String> progress) throws Exception {
    Packages.requireMade();
    Scheduling.inBatches(ProcessHandle.current().pid());
    try (Workbench bench = Workbench.open(List.of(), progress)) {
      GrowthResults results = new GrowthBench(options, bench, progress).measure();
      new PrintStream(System.out, true, StandardCharsets.UTF_8).print(GrowthReport.table(results));
      if (options.publish()) {
        Files.writeString(DOCS.resolve("growth.md"), GrowthReport.page(results));
        Files.writeString(DOCS.resolve("growth.svg"), GrowthPlot.svg(results));
      }
      if (options.json() != null) {
        Files.writeString(options.json(), JsonReport.of(results));
      }
    }
  }

  private GrowthResults measure() throws Exception {
    List<SizedInstallation> towns = new ArrayList<>();
    try {
      for (int size : options.sizes()) {
        towns.add(SizedInstallation.found(bench, size, progress));
      }
      progress.accept("Waiting until Cassandra has written and sorted it all");
      IdleWait.await(bench.stores(), SORTED_SECONDS);
      BackgroundLoad disturbance = new BackgroundLoad(
          Stream.concat(bench.stores().values().stream(), towns.stream().flatMap(SizedInstallation::pids))
            .toList());
      List<GrowthPoint> points = new ArrayList<>();
      for (GrowthScenario scenario : GrowthScenario.values()) {
        warmUp(towns, scenario);
        for (int connections : options.connections()) {
          progress.accept("%s, %d at once".formatted(scenario.title(), connections));
          points.addAll(measure(towns, scenario, connections));
        }
      }
      return new GrowthResults(Instant.now(), Machine.here(Packages.jvm(Packages.product("send"))), options,
          points,
          GrowthReport.notes(disturbance.cores(0)));
    } finally {
      for (SizedInstallation town : towns) {
        town.close();
      }
    }
  }

  /** Just before it is measured: what is read first must not grow by what is sent later. */
  private void warmUp(List<SizedInstallation> towns, GrowthScenario scenario) throws Exception {
    WarmUp warmUp = new WarmUp(WARM_UP, progress);
    for (SizedInstallation town : towns) {
      warmUp.run("%s among %,d".formatted(scenario.title(), town.size()),
          (connections, pace) -> town.run(scenario, connections, pace));
    }
  }

  /** All sizes in turn, so that what disturbs the machine disturbs them all. */
  private List<GrowthPoint> measure(List<SizedInstallation> towns, GrowthScenario scenario, int connections)
      throws InterruptedException {
    List<List<Outcome>> outcomes = towns.stream().<List<Outcome>>map(_ -> new ArrayList<>()).toList();
    for (int round = 0; round < options.rounds(); round++) {
      for (int i = 0; i < towns.size(); i++) {
        int turn = (i + round) % towns.size(); // nobody is always the first
        IdleWait.await(bench.stores());
        outcomes.get(turn)
          .add(towns.get(turn).run(scenario, connections, LoadDuration.of(options.seconds())));
      }
    }
    return IntStream.range(0, towns.size())
      .mapToObj(i -> point(scenario, towns.get(i).size(), connections, outcomes.get(i), outcomes.getFirst()))
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
