package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Inside;
import dev.knatter.e2e.deploy.OnBothTargets;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Messages arrive while processes are stopped and continued. First, because what they leave takes its time to settle. */
@OnBothTargets
@Inside
@Order(1)
final class ArrivalsTest {
  /** So small that even a slow machine sends more than one. */
  private static final int PAGE = 20;

  private final Arrivals arrivals;

  ArrivalsTest(Deployment deployment) {
    this.arrivals = deployment.once(Arrivals.class, Arrivals::happen);
  }

  @Test
  void conversation_walkedToThePastMeanwhile_skippedNothing() {
    assertThat(arrivals.skipped()).as("seed %s", arrivals.seed()).isEmpty();
  }

  @Test
  void conversation_afterwards_holdsEachMessageOnce() {
    List<String> ids = new Walk(arrivals.ada(), "with", arrivals.grace().name()).toThePast(PAGE);
    assertThat(ids).as("seed %s", arrivals.seed())
      .hasSizeGreaterThan(PAGE)
      .doesNotHaveDuplicates()
      .containsExactlyInAnyOrderElementsOf(arrivals.sent().keySet());
    assertThat(new Walk(arrivals.grace()).toThePast(PAGE)).as("seed %s", arrivals.seed())
      .containsAll(arrivals.sent().keySet());
  }
}
