package dev.knatter.bench;

/** Somebody who can be measured. */
interface Party {
  /** What is measured. */
  String KNATTER = "knatter";
  /** The driver's statements alone. */
  String DRIVER = "driver";

  String name();

  boolean can(Scenario scenario);

  long pid(Scenario scenario);

  /** Keeps so many requests under way at once. */
  Outcome run(Scenario scenario, int atOnce, LoadDuration pace, MeasurementListener marks) throws Exception;
}
