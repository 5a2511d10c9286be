package dev.knatter.chat.limit;

import java.time.Duration;

/**
 * How much of something one user may have going on at the same time in one process. It stands beside the table of
 * {@link RateLimit}s, since nothing comes back here with time alone.
 *
 * @param id         names it in answers
 * @param atOnce     how much
 * @param longest    after which each ends by itself
 * @param retryAfter what a caller that has too much going on is told to wait
 */
public record ConcurrencyLimit(String id, int atOnce, Duration longest, Duration retryAfter) {
  // A client waits once for each conversation that is open on a screen, and people have several devices.
  public static final ConcurrencyLimit WAITING = new ConcurrencyLimit("waiting", 20, Duration.ofSeconds(25),
      Duration.ofSeconds(5));
}
