package dev.knatter.functions.deadletters;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of a retry of many letters.
 *
 * @param retried how many letters the broker has accepted; they are no longer in the list
 * @param refused how many letters the broker has not accepted; they stay in the list
 * @param next    where the next call continues; absent if there are no more letters
 */
public record RetryAnswer(int retried, int refused, @Nullable String next) {}
