package dev.knatter.core.limit;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** A request that may go on. left: null where nobody counts because Redis is away. */
public record Admitted(RateLimit limit, Verdict verdict, @Nullable Left left) {
  /** What the caller may still do at once, and how long it takes until he may do one thing more. */
  public record Left(long requests, Duration untilMore) {}
}
