package dev.knatter.chat.page;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import dev.knatter.chat.delivery.Doorbell;
import dev.knatter.shared.store.Deadline;

/** Reads pages towards the present and waits for a message if there is none yet. */
public final class LongPoll {
  private final Pages pages;
  private final Doorbell doorbell;

  public LongPoll(Pages pages, Doorbell doorbell) {
    this.pages = pages;
    this.doorbell = doorbell;
  }

  /**
   * Like {@link Pages#after}, but returns an empty page only if no message came during {@code wait} or if the process
   * is stopping.
   *
   * @param user         who reads
   * @param again        the scope of this moment, asked for before each further read of the store: the user may have left and
   *     come back meanwhile. It throws if they may not read any more
   * @param waitExecutor runs each wait on this thread; an exception from it ends the waiting
   */
  public Page after(UUID user, Scope scope, CursorPosition position, int limit, Duration wait,
      Supplier<Scope> again, Executor waitExecutor) {
    long end = System.nanoTime() + wait.toNanos();
    Page page = pages.after(scope, position, limit);
    if (!page.messages().isEmpty() || wait.isZero()) {
      return page;
    }
    try (Doorbell.Waiter waiter = doorbell.listen(user)) {
      Duration remaining;
      do {
        CursorPosition next = Objects.requireNonNull(page.next());
        page = Deadline.renewed(() -> pages.after(again.get(), next, limit));
        remaining = Duration.ofNanos(end - System.nanoTime());
        // Behind rows that the reader may not see there may be a message already.
      } while (page.messages().isEmpty() && remaining.isPositive()
          && await(waiter, page.more() ? Duration.ZERO : remaining, waitExecutor));
      return page;
    }
  }

  private static boolean await(Doorbell.Waiter waiter, Duration atMost, Executor waitExecutor) {
    AtomicBoolean notStopped = new AtomicBoolean();
    waitExecutor.execute(() -> notStopped.set(waiter.await(atMost)));
    return notStopped.get();
  }
}
