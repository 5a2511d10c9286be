package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Inside;
import dev.knatter.e2e.deploy.OnBothTargets;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * What becomes of those who read along while messages arrived. What a stopped process left, the sweep enters again half a
 * minute later; this is last, so that nobody waits for it.
 */
@OnBothTargets
@Inside
@Order(Integer.MAX_VALUE)
final class SettledTest {
  /** Longer than the sweep leaves its leftovers to a process that may still be at work. */
  private static final Duration SETTLED = Duration.ofSeconds(200);

  private final Arrivals arrivals;

  SettledTest(Deployment deployment) {
    this.arrivals = deployment.once(Arrivals.class, Arrivals::happen);
  }

  @Test
  void message_thatWasAcknowledged_isSeenFromEveryCursor() {
    for (Follower follower : arrivals.followers()) {
      Awaitility.await("seed " + arrivals.seed() + ": " + follower + " has seen everything")
        .atMost(SETTLED)
        .pollInSameThread()
        .untilAsserted(() -> assertThat(follower.missing(arrivals.sent().keySet())).isEmpty());
    }
    for (Follower follower : arrivals.followers()) {
      assertThat(follower.missingFromAnyCursor(arrivals.sent().keySet()))
        .as("seed %s: %s, from any cursor", arrivals.seed(), follower)
        .isEmpty();
    }
  }
}
