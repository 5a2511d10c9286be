package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Inside;
import dev.knatter.e2e.deploy.OnProcesses;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Messages arrive while processes are stopped and continued. First, because what they leave takes its time to settle. */
@OnProcesses
@Inside
@Order(1)
final class PausedProcessesTest {
  /** So small that even a slow machine sends more than one. */
  private static final int PAGE = 20;

  private final PausedProcesses chat;

  PausedProcessesTest(Deployment deployment) {
    this.chat = deployment.once(PausedProcesses.class, PausedProcesses::happen);
  }

  @Test
  void conversation_readBackwardMeanwhile_skippedNothing() {
    assertThat(chat.skipped()).as("seed %s", chat.seed()).isEmpty();
  }

  @Test
  void conversation_afterwards_holdsEachMessageOnce() {
    List<String> ids = new PageWalk(chat.ada(), "with", chat.grace().name()).toThePast(PAGE);
    assertThat(ids).as("seed %s", chat.seed())
      .hasSizeGreaterThan(PAGE)
      .doesNotHaveDuplicates()
      .containsExactlyInAnyOrderElementsOf(chat.sent().keySet());
    assertThat(new PageWalk(chat.grace()).toThePast(PAGE)).as("seed %s", chat.seed())
      .containsAll(chat.sent().keySet());
  }
}
