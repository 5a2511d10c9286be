package dev.knatter.functions.outbox;

import java.time.Duration;

import dev.knatter.chat.group.GroupSweep;
import dev.knatter.chat.removal.RemovalSweep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is to be done about groups: finishes interrupted commands, and removes the content of deleted groups. */
record GroupSweeps(GroupSweep commands, RemovalSweep removals) {
  private static final Duration FOR_COMMANDS = Duration.ofSeconds(2);
  private static final Duration FOR_REMOVALS = Duration.ofSeconds(3);
  private static final Logger log = LoggerFactory.getLogger(GroupSweeps.class);

  /** @param swept whether the sweep of messages has reached the present */
  void run(boolean swept) {
    Parts.runAll(() -> commands.run(FOR_COMMANDS), () -> remove(swept));
  }

  private void remove(boolean swept) {
    int removed = removals.run(FOR_REMOVALS, swept);
    if (removed > 0) {
      log.info("Removed the content of {} deleted groups.", removed);
    }
  }
}
