package dev.knatter.bench.cold;

import java.time.Instant;
import java.util.List;

import dev.knatter.bench.process.Machine;

/** What a run of cold starts measured. rounds: how often each program was started. */
record ColdResults(Instant at, Machine machine, int rounds, List<StartFigures> starts, List<String> notes) {}
