package dev.knatter.bench.groups;

import dev.knatter.bench.report.Spread;

/**
 * How long sends to a group took, in milliseconds from the request.
 *
 * @param acknowledged until the 201
 * @param everywhere   until all inboxes have the message
 * @param toFirst      the p99 of the 201 by that of the smallest group in the same round
 */
record GroupPoint(int members, Times acknowledged, Times everywhere, Spread toFirst) {
  /** Percentiles. */
  record Times(Spread p50, Spread p99) {}
}
