package dev.knatter.functions.deadletters;

import org.jspecify.annotations.Nullable;

/**
 * What a retry of many letters has done.
 *
 * @param retried how many letters the broker has accepted; they have left the list
 * @param refused how many it has not accepted; they stay
 * @param next    with what the next call goes on; absent if nothing is left
 */
public record RetryAnswer(int retried, int refused, @Nullable String next) {}
