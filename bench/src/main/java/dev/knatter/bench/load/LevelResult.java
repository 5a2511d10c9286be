package dev.knatter.bench.load;

import java.util.List;

/** What a scenario came to at so many requests at once: ours first. */
record LevelResult(Scenario scenario, int connections, List<TargetResult> standings) {}
