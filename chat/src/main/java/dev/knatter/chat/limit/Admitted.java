package dev.knatter.chat.limit;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A request that may go on. left: null where nobody counts because Redis is away; noticed: whether something may have
 * been decided about the subject within the last minute ({@link UserInvalidations}), which is so where nobody can tell.
 */
public record Admitted(RateLimit limit, ReplayCheck verdict, @Nullable Left left, boolean noticed) {
  /** What the caller may still do at once, and how long it takes until he may do one thing more. */
  public record Left(long requests, Duration untilMore) {}
}
