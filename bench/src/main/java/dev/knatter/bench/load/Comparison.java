package dev.knatter.bench.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.knatter.bench.generator.LoadDuration;
import dev.knatter.bench.generator.MeasurementListener;
import dev.knatter.bench.generator.Outcome;
import dev.knatter.bench.generator.WarmUp;
import dev.knatter.bench.load.LoadFigures.Sample;
import dev.knatter.bench.process.IdleWait;

/** Measures the functions and what they are compared with in turn, so that what disturbs the machine disturbs all. */
final class Comparison {
  private final List<LoadTarget> targets;
  private final Map<String, Long> stores;
  private final Consumer<String> progress;

  /**
   * @param targets ours first
   * @param stores  processes that all targets use, by name
   */
  Comparison(List<LoadTarget> targets, Map<String, Long> stores, Consumer<String> progress) {
    this.targets = targets;
    this.stores = stores;
    this.progress = progress;
  }

  /** The samples of one scenario at one number of connections: by target, in the order of the rounds. */
  private record Samples(Scenario scenario, int connections, Map<LoadTarget, List<Sample>> taken) {
    LevelResult level() {
      List<Sample> ours = taken.values().iterator().next();
      return new LevelResult(scenario, connections, taken.entrySet()
        .stream()
        .map(entry -> TargetResult.of(entry.getKey().name(), entry.getValue(), ours))
        .toList());
    }
  }

  List<LevelResult> run(LoadOptions options) throws Exception {
    List<Samples> all = new ArrayList<>();
    WarmUp warmUp = new WarmUp(options.warmUp(), progress);
    for (Scenario scenario : options.scenarios()) {
      for (LoadTarget target : able(scenario)) {
        warmUp.run(scenario.title() + ", " + target.name(), (connections, pace) -> target.run(scenario,
            scenario.atOnce(connections), pace, MeasurementListener.NONE));
      }
      for (int connections : options.connections().stream().map(scenario::atOnce).distinct().toList()) {
        Map<LoadTarget, List<Sample>> taken = new LinkedHashMap<>();
        able(scenario).forEach(target -> taken.put(target, new ArrayList<>()));
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

  private List<LoadTarget> able(Scenario scenario) {
    return targets.stream().filter(target -> target.can(scenario)).toList();
  }

  private void measure(Samples samples, LoadDuration pace, int round) throws Exception {
    List<LoadTarget> able = able(samples.scenario());
    for (int i = 0; i < able.size(); i++) {
      LoadTarget target = able.get((i + round) % able.size()); // none of them is always the first
      samples.taken().computeIfAbsent(target, _ -> new ArrayList<>()).add(sample(target, samples, pace));
    }
  }

  private Sample sample(LoadTarget target, Samples samples, LoadDuration pace) throws Exception {
    IdleWait.await(stores);
    Map<String, Long> pids = new LinkedHashMap<>();
    pids.put(target.name(), target.pid(samples.scenario()));
    pids.putAll(stores);
    pids.put("load", ProcessHandle.current().pid());
    CpuMeter meter = new CpuMeter(pids);
    Outcome outcome = target.run(samples.scenario(), samples.connections(), pace, meter);
    return new Sample(outcome, meter.used());
  }
}
