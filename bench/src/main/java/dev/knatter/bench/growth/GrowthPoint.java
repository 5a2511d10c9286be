package dev.knatter.bench.growth;

import dev.knatter.bench.report.Spread;

/**
 * What a scenario came to among so many users, cached conversations and messages.
 *
 * @param rate    requests a second
 * @param p99     milliseconds
 * @param toFirst the rate by that of the smallest size in the same round
 * @param failure what the first failure said; empty where there was none
 */
record GrowthPoint(GrowthScenario scenario, int size, int connections, Spread rate, Spread p99,
    Spread toFirst,
    long failures, String failure) {}
