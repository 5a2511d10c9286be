package dev.knatter.bench.cold;

import dev.knatter.bench.process.Machine;

import java.time.Instant;
import java.util.List;

/** What a run of cold starts measured. rounds: how often each program was started. */
record ColdResults(Instant at, Machine machine, int rounds, List<StartFigures> starts, List<String> notes) {}
