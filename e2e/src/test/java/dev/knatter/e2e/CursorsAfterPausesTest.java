package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Inside;
import dev.knatter.e2e.deploy.OnProcesses;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * What becomes of those who read along while messages arrived. What a stopped process left, the sweep enters again half a
 * minute later; this is the last class that sends requests, so that nobody waits for it.
 */
@OnProcesses
@Inside
@Order(Integer.MAX_VALUE - 1)
final class CursorsAfterPausesTest {
  /** Longer than the sweep leaves its leftovers to a process that may still be at work. */
  private static final Duration SETTLED = Duration.ofSeconds(200);

  private final PausedProcesses chat;

  CursorsAfterPausesTest(Deployment deployment) {
    this.chat = deployment.once(PausedProcesses.class, PausedProcesses::happen);
  }

  @Test
  void message_thatWasAcknowledged_isSeenFromEveryCursor() {
    for (CursorKeeper reader : chat.readers()) {
      Awaitility.await("seed " + chat.seed() + ": " + reader + " has seen everything")
        .atMost(SETTLED)
        .pollInSameThread()
        .untilAsserted(() -> assertThat(reader.missing(chat.sent().keySet())).isEmpty());
    }
    for (CursorKeeper reader : chat.readers()) {
      assertThat(reader.missingFromAnyCursor(chat.sent().keySet()))
        .as("seed %s: %s, from any cursor", chat.seed(), reader)
        .isEmpty();
    }
  }
}
