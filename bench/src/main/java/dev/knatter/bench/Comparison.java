package dev.knatter.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.knatter.bench.Figures.Sample;

/** Measures the functions and what they are compared with in turn, so that what disturbs the machine disturbs all. */
final class Comparison {
  private final List<Party> parties;
  private final Map<String, Long> stores;
  private final Consumer<String> progress;

  /**
   * @param parties ours first
   * @param stores  processes that all parties use, by name
   */
  Comparison(List<Party> parties, Map<String, Long> stores, Consumer<String> progress) {
    this.parties = parties;
    this.stores = stores;
    this.progress = progress;
  }

  /** The samples of one scenario at one number of connections: by party, in the order of the rounds. */
  private record Samples(Scenario scenario, int connections, Map<Party, List<Sample>> taken) {
    LevelResult level() {
      List<Sample> ours = taken.values().iterator().next();
      return new LevelResult(scenario, connections, taken.entrySet()
        .stream()
        .map(entry -> PartyResult.of(entry.getKey().name(), entry.getValue(), ours))
        .toList());
    }
  }

  List<LevelResult> run(Options options) throws Exception {
    List<Samples> all = new ArrayList<>();
    WarmUp warmUp = new WarmUp(options.warmUp(), progress);
    for (Scenario scenario : options.scenarios()) {
      for (Party party : able(scenario)) {
        warmUp.run(scenario.title() + ", " + party.name(), (connections, pace) -> party.run(scenario,
            scenario.atOnce(connections), pace, MeasurementListener.NONE));
      }
      for (int connections : options.connections().stream().map(scenario::atOnce).distinct().toList()) {
        Map<Party, List<Sample>> taken = new LinkedHashMap<>();
        able(scenario).forEach(party -> taken.put(party, new ArrayList<>()));
        all.add(new Samples(scenario, connections, taken));
      }
    }
    for (int round = 1; round <= options.rounds(); round++) {
      for (Samples samples : all) {
        progress.accept("Round %d of %d: %s, %d at once".formatted(round, options.rounds(),
            samples.scenario().title(), samples.connections()));
        measure(samples, LoadDuration.of(options.seconds()), round);
      }
    }
    return all.stream().map(Samples::level).toList();
  }

  private List<Party> able(Scenario scenario) {
    return parties.stream().filter(party -> party.can(scenario)).toList();
  }

  private void measure(Samples samples, LoadDuration pace, int round) throws Exception {
    List<Party> able = able(samples.scenario());
    for (int i = 0; i < able.size(); i++) {
      Party party = able.get((i + round) % able.size()); // nobody is always the first
      samples.taken().computeIfAbsent(party, _ -> new ArrayList<>()).add(sample(party, samples, pace));
    }
  }

  private Sample sample(Party party, Samples samples, LoadDuration pace) throws Exception {
    IdleWait.await(stores);
    Map<String, Long> pids = new LinkedHashMap<>();
    pids.put(party.name(), party.pid(samples.scenario()));
    pids.putAll(stores);
    pids.put("load", ProcessHandle.current().pid());
    CpuMeter meter = new CpuMeter(pids);
    Outcome outcome = party.run(samples.scenario(), samples.connections(), pace, meter);
    return new Sample(outcome, meter.used());
  }
}
