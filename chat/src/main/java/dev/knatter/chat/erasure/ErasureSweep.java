package dev.knatter.chat.erasure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.knatter.chat.account.Usernames;
import dev.knatter.chat.conversation.Conversations;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.inbox.Inbox.Reference;
import dev.knatter.chat.message.Deletions;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.delivery.Notifier;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Redis;
import org.jspecify.annotations.Nullable;

/**
 * Does the work of all erasures, a page of somebody's inbox at a time, and each in its turn, so that one who has said
 * much does not hold up the others. How far each has come is stored after every page: whoever is stopped, somebody else
 * goes on with the page. Two at once do no harm.
 */
public final class ErasureSweep {
  private static final int PAGE = 100;

  private final Clock clock;
  private final Inbox inbox;
  private final ErasureOrders orders;
  private final ErasureReports reports;
  private final AccountClosing closing;
  private final MessageErasing messages;

  public ErasureSweep(Cassandra cassandra, Redis redis, Clock clock, Slices slices, Inbox inbox) {
    this.clock = clock;
    this.inbox = inbox;
    this.orders = new ErasureOrders(cassandra);
    this.reports = new ErasureReports(cassandra);
    this.closing = new AccountClosing(cassandra, redis, clock);
    this.messages = new MessageErasing(new Conversations(cassandra), new Usernames(cassandra), orders,
        new Deletions(cassandra, slices), new Notifier(redis));
  }

  /**
   * Goes on with every erasure, for about as long as allowed; returns how many were finished.
   *
   * @param swept whether the outbox was swept to the present: as long as it is not, a message may still be entered in
   *     inboxes, and nobody can be looked for the last time
   */
  public int run(Duration allowed, boolean swept) {
    int finished = 0;
    @Nullable
    RuntimeException failure = null;
    List<ErasureOrder> waiting = orders.all();
    long end = System.nanoTime() + allowed.toNanos(); // from here, so that each run gets on
    while (!waiting.isEmpty() && System.nanoTime() - end < 0) {
      List<ErasureOrder> busy = new ArrayList<>();
      for (ErasureOrder order : waiting) {
        if (System.nanoTime() - end >= 0) {
          break;
        }
        try {
          switch (step(order, swept)) {
            case MORE -> busy.add(order);
            case FINISHED -> finished++;
            case WAITS -> {
            }
          }
        } catch (RuntimeException e) {
          failure = e; // of this one; the others have their turn
        }
      }
      waiting = busy;
    }
    if (failure != null) {
      throw failure;
    }
    return finished;
  }

  private enum Step {
    MORE, WAITS, FINISHED
  }

  private Step step(ErasureOrder order, boolean swept) {
    ErasureProgress progress = reports.find(order.erasureId());
    if (progress == null) { // whoever took the order was stopped before he had begun
      progress = closing.begin(order);
    }
    if (progress.report().finishedAt() != null) {
      orders.delete(order);
      return Step.FINISHED;
    }
    ErasurePass pass = progress.pass();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (now.isBefore(order.startedAt().plus(pass.after())) || (pass == ErasurePass.LAST && !swept)) {
      return Step.WAITS;
    }
    if (progress.reached().equals(pass.start(order)) && !progress.isUnderWay()) {
      closing.close(order);
    }
    return page(order, progress, now);
  }

  /** Half of a page of the inbox, or the end of the pass. */
  private Step page(ErasureOrder order, ErasureProgress progress, Instant now) {
    UUID user = order.userId();
    boolean last = progress.pass() == ErasurePass.LAST;
    if (progress.isUnderWay()) {
      messages.erase(order, inbox.between(user, progress.reached(), progress.counted()), last);
      reports.move(progress, progress.done());
      return Step.MORE;
    }
    int current = Inbox.month(now.toEpochMilli() + Duration.ofMinutes(1).toMillis());
    for (int month = Inbox.month(Uuid7.millis(progress.reached())); month <= current; month++) {
      List<Reference> page = inbox.above(user, month, progress.reached(), PAGE);
      if (!page.isEmpty()) {
        reports.move(progress, progress.counted(page.getLast().position(), messages.count(user, page),
            last ? page.size() : 0));
        return Step.MORE;
      }
      if (last) {
        inbox.forget(user, month);
      }
    }
    return pass(order, progress, now);
  }

  private Step pass(ErasureOrder order, ErasureProgress progress, Instant now) {
    ErasurePass next = progress.pass().next();
    if (next != null) {
      reports.move(progress, progress.in(next, next.start(order), now));
      return Step.MORE;
    }
    closing.forgetName(order);
    if (!reports.finish(progress, now)) {
      return Step.MORE; // somebody else has come further, or is about to finish as well
    }
    orders.delete(order);
    return Step.FINISHED;
  }
}
