package dev.knatter.bench.growth;

import java.time.Instant;
import java.util.List;

import dev.knatter.bench.process.Machine;

/** What a run of the growth benchmark measured. */
record GrowthResults(Instant at, Machine machine, GrowthOptions options, List<GrowthPoint> points,
    List<String> notes) {}
