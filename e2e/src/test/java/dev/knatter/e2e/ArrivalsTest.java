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
    List<String> ids = new Walk(arrivals.ada(), "with", arrivals.grace().name()).toThePast(100);
    assertThat(ids).as("seed %s", arrivals.seed())
      .hasSizeGreaterThan(100)
      .doesNotHaveDuplicates()
      .containsExactlyInAnyOrderElementsOf(arrivals.sent().keySet());
    assertThat(new Walk(arrivals.grace()).toThePast(100)).as("seed %s", arrivals.seed())
      .containsAll(arrivals.sent().keySet());
  }
}
