package dev.knatter.bench;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that a run measured.
 *
 * @param resident resident memory in MiB after the load, by process
 */
record Results(Instant at, Machine machine, Options options, List<LevelResult> levels,
    Map<String, Double> resident) {}
