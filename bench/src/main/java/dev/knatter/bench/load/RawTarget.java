package dev.knatter.bench.load;

import java.io.IOException;
import java.util.Map;

import dev.knatter.bench.generator.LoadDuration;
import dev.knatter.bench.generator.MeasurementListener;
import dev.knatter.bench.generator.Outcome;

/**
 * A part of requests, done alone.
 *
 * @param processes by the function whose JVM each is like
 */
record RawTarget(Part part, Map<String, RawProcess> processes) implements LoadTarget {
  @Override
  public String name() {
    return part.title();
  }

  @Override
  public boolean can(Scenario scenario) {
    return scenario.parts().contains(part);
  }

  @Override
  public long pid(Scenario scenario) {
    return process(scenario).pid();
  }

  @Override
  public Outcome run(Scenario scenario, int atOnce, LoadDuration pace, MeasurementListener marks)
      throws IOException {
    return process(scenario).run(part, scenario, atOnce, pace, marks);
  }

  private RawProcess process(Scenario scenario) {
    RawProcess process = processes.get(scenario.function());
    if (process == null) {
      throw new IllegalStateException("Nothing was started beside " + scenario.function() + ".");
    }
    return process;
  }
}
