package dev.knatter.chat.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a failed delivery is tried again: soon at first, then less and less often, and for the last time a day after
 * the first failure. Each pause is up to a fifth longer, so that what failed together does not come back together.
 */
final class RetrySchedule {
  static final Duration IN_ALL = Duration.ofHours(24);
  private static final List<Duration> PAUSES = List.of(Duration.ofMinutes(10), Duration.ofMinutes(30),
      Duration.ofHours(1), Duration.ofHours(2), Duration.ofHours(4), Duration.ofHours(8));
  /** How many attempts there are: the first one, one after each pause, and the last. */
  static final int ATTEMPTS = PAUSES.size() + 2;
  private static final double LONGER = 0.2;

  private final RandomGenerator random;

  RetrySchedule(RandomGenerator random) {
    this.random = random;
  }

  /** @param made how many attempts were made; the answer is empty if that were all */
  Optional<Instant> next(int made, Instant firstFailed, Instant now) {
    if (made >= ATTEMPTS) {
      return Optional.empty();
    }
    if (made <= PAUSES.size()) {
      return Optional.of(now.plus(longer(PAUSES.get(Math.max(made, 1) - 1))));
    }
    Instant last = firstFailed.plus(IN_ALL);
    return Optional.of(now.isAfter(last) ? now.plus(longer(PAUSES.getFirst())) : last);
  }

  private Duration longer(Duration pause) {
    return pause.plusMillis((long) (pause.toMillis() * LONGER * random.nextDouble()));
  }
}
