package dev.knatter.chat.limit;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * An admitted request.
 *
 * @param replay      how the request compares with the remembered one
 * @param remaining   what is left of the limit; null if Redis is away, because nothing is counted then
 * @param invalidated whether cached data about the subject may be out of date ({@link UserInvalidations}); true if
 *     Redis is away
 */
public record Admitted(RateLimit limit, ReplayCheck replay, @Nullable Remaining remaining,
    boolean invalidated) {
  /** How many requests the caller may still send at once, and when there is one more. */
  public record Remaining(long requests, Duration untilMore) {}
}
