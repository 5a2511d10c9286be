package dev.knatter.bench.load;

import dev.knatter.bench.generator.LoadDuration;
import dev.knatter.bench.generator.MeasurementListener;
import dev.knatter.bench.generator.Outcome;

/** What can be measured: the functions, the floor, or parts of a request alone. */
interface LoadTarget {
  /** What is measured. */
  String KNATTER = "knatter";
  /** The same with a sink for events. */
  String PUBLISHING = "publishing";
  /** The driver's statements alone. */
  String DRIVER = "driver";

  String name();

  boolean can(Scenario scenario);

  long pid(Scenario scenario);

  /** Keeps so many requests under way at once. */
  Outcome run(Scenario scenario, int atOnce, LoadDuration pace, MeasurementListener marks) throws Exception;
}
