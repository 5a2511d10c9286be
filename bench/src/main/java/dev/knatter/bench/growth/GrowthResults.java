package dev.knatter.bench.growth;

import dev.knatter.bench.process.Machine;

import java.time.Instant;
import java.util.List;

/** What a run of the growth benchmark measured. */
record GrowthResults(Instant at, Machine machine, GrowthOptions options, List<GrowthPoint> points,
    List<String> notes) {}
