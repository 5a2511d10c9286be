package dev.knatter.functions.deadletters;

import org.jspecify.annotations.Nullable;

/**
 * The input of a retry of many letters.
 *
 * @param type   the type of the events to retry; absent for all types
 * @param before the {@code next} of the previous answer; absent to begin with the newest letter
 */
public record RetryRequest(@Nullable String type, @Nullable String before) {}
