package dev.knatter.chat.page;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.knatter.chat.delivery.Doorbell;
import dev.knatter.shared.store.Deadline;

/** Walks towards the present that wait for a message where there is none yet. */
public final class LongPoll {
  private final Pages pages;
  private final Doorbell doorbell;

  public LongPoll(Pages pages, Doorbell doorbell) {
    this.pages = pages;
    this.doorbell = doorbell;
  }

  /**
   * A page as of {@link Pages#after}; an empty one only if nothing came for as long as {@code wait} says, or if the
   * process is stopping.
   *
   * @param user who reads
   * @param mayRead asked before each further look into the store: throws where he may no longer
   * @param waits   runs each wait on this thread; what it throws ends the waiting
   */
  public Page after(UUID user, Scope scope, CursorPosition place, int limit, Duration wait, Runnable mayRead,
      Executor waits) {
    long end = System.nanoTime() + wait.toNanos();
    Page page = pages.after(scope, place, limit);
    if (!page.messages().isEmpty() || wait.isZero()) {
      return page;
    }
    try (Doorbell.Ear ear = doorbell.listen(user)) {
      Duration left;
      do {
        CursorPosition next = Objects.requireNonNull(page.next());
        page = Deadline.renewed(() -> {
          mayRead.run();
          return pages.after(scope, next, limit);
        });
        left = Duration.ofNanos(end - System.nanoTime());
      } while (page.messages().isEmpty() && left.isPositive() && await(ear, left, waits));
      return page;
    }
  }

  private static boolean await(Doorbell.Ear ear, Duration atMost, Executor waits) {
    AtomicBoolean goOn = new AtomicBoolean();
    waits.execute(() -> goOn.set(ear.await(atMost)));
    return goOn.get();
  }
}
