package dev.knatter.bench.history;

import dev.knatter.bench.report.Spread;
import dev.knatter.chat.page.Direction;

/**
 * How long pages of one kind took.
 *
 * @param history the name of the kind of conversations
 * @param p50     milliseconds
 * @param p99     milliseconds
 * @param toFirst the p99 by that of the smallest conversations in the same round
 */
record HistoryPoint(HistoryPlace place, Direction direction, String history, Spread p50, Spread p99,
    Spread toFirst) {}
