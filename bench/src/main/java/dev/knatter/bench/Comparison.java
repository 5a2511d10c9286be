package dev.knatter.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Measures the functions and the driver alone in turn, so that what disturbs the machine disturbs both. */
final class Comparison {
  private static final List<Integer> CONNECTIONS = List.of(1, 8, 64);
  private static final int WARM_UP_SECONDS = 5;

  private final Party knatter;
  private final Party raw;
  private final Map<String, Long> stores;
  private final Consumer<String> progress;

  /** @param stores processes that both parties use, by name */
  Comparison(Party knatter, Party raw, Map<String, Long> stores, Consumer<String> progress) {
    this.knatter = knatter;
    this.raw = raw;
    this.stores = stores;
    this.progress = progress;
  }

  /** The samples of one scenario at one number of connections, in the order of the rounds. */
  private record Samples(Scenario scenario, int connections, List<Figures.Sample> knatter,
      List<Figures.Sample> raw) {
    Level level() {
      if (raw.isEmpty()) {
        return new Level(scenario, connections, Figures.of(knatter), null, null);
      }
      List<Double> ratios = IntStream.range(0, raw.size())
        .mapToObj(i -> knatter.get(i).outcome().rate() / raw.get(i).outcome().rate())
        .toList();
      return new Level(scenario, connections, Figures.of(knatter), Figures.of(raw), Spread.of(ratios));
    }
  }

  List<Level> run(int rounds, int seconds) throws Exception {
    warmUp();
    List<Samples> all = new ArrayList<>();
    for (Scenario scenario : Scenario.values()) {
      for (int connections : CONNECTIONS) {
        all.add(new Samples(scenario, connections, new ArrayList<>(), new ArrayList<>()));
      }
    }
    for (int round = 1; round <= rounds; round++) {
      for (Samples samples : all) {
        progress.accept("Round %d of %d: %s, %d at once".formatted(round, rounds, samples.scenario().title(),
            samples.connections()));
        measure(samples, Pace.of(seconds), /* knatterFirst= */ round % 2 == 1);
      }
    }
    return all.stream().map(Samples::level).toList();
  }

  private void warmUp() throws Exception {
    for (Scenario scenario : Scenario.values()) {
      for (Party party : List.of(knatter, raw)) {
        if (party.can(scenario)) {
          progress.accept("Warming up: " + scenario.title());
          party.run(scenario, CONNECTIONS.getLast(), Pace.of(WARM_UP_SECONDS), Marks.NONE);
        }
      }
    }
  }

  private void measure(Samples samples, Pace pace, boolean knatterFirst) throws Exception {
    if (knatterFirst) {
      samples.knatter().add(sample(knatter, "function", samples, pace));
    }
    if (raw.can(samples.scenario())) {
      samples.raw().add(sample(raw, "driver", samples, pace));
    }
    if (!knatterFirst) {
      samples.knatter().add(sample(knatter, "function", samples, pace));
    }
  }

  private Figures.Sample sample(Party party, String process, Samples samples, Pace pace) throws Exception {
    Map<String, Long> pids = new LinkedHashMap<>();
    pids.put(process, party.pid(samples.scenario()));
    pids.putAll(stores);
    pids.put("load", ProcessHandle.current().pid());
    CpuMeter meter = new CpuMeter(pids);
    Outcome outcome = party.run(samples.scenario(), samples.connections(), pace, meter);
    return new Figures.Sample(outcome, meter.used());
  }
}
