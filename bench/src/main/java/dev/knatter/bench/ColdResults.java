package dev.knatter.bench;

import java.time.Instant;
import java.util.List;

/** What a run of cold starts measured. rounds: how often each program was started. */
record ColdResults(Instant at, Machine machine, int rounds, List<Start> starts, List<String> notes) {}
