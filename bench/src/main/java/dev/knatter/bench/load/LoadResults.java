package dev.knatter.bench.load;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.knatter.bench.process.Machine;

/**
 * All that a run measured.
 *
 * @param resident resident memory in MiB after the load, by process
 */
record LoadResults(Instant at, Machine machine, LoadOptions options, List<LevelResult> levels,
    Map<String, Double> resident) {}
