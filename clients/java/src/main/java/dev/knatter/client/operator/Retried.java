package dev.knatter.client.operator;

import org.jspecify.annotations.Nullable;

/**
 * How many dead letters were posted again.
 *
 * @param refused how many the broker did not take
 * @param next a cursor to go on from; null at the end of the list
 */
public record Retried(int retried, int refused, @Nullable String next) {}
