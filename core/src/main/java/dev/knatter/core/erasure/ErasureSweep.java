package dev.knatter.core.erasure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.knatter.core.Uuid7;
import dev.knatter.core.account.Names;
import dev.knatter.core.conversation.Conversations;
import dev.knatter.core.delivery.Inbox;
import dev.knatter.core.delivery.Inbox.Reference;
import dev.knatter.core.message.Deletions;
import dev.knatter.core.message.Slices;
import dev.knatter.core.page.News;
import dev.knatter.core.store.Cassandra;
import dev.knatter.core.store.Redis;
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
  private final Orders orders;
  private final Reports reports;
  private final Closing closing;
  private final MessageErasing messages;

  public ErasureSweep(Cassandra cassandra, Redis redis, Clock clock, Slices slices, Inbox inbox) {
    this.clock = clock;
    this.inbox = inbox;
    this.orders = new Orders(cassandra);
    this.reports = new Reports(cassandra);
    this.closing = new Closing(cassandra, redis, clock);
    this.messages = new MessageErasing(new Conversations(cassandra), new Names(cassandra), orders,
        new Deletions(cassandra, slices), new News(redis));
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
    List<Order> waiting = orders.all();
    long end = System.nanoTime() + allowed.toNanos(); // from here, so that each run gets on
    while (!waiting.isEmpty() && System.nanoTime() - end < 0) {
      List<Order> busy = new ArrayList<>();
      for (Order order : waiting) {
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

  private Step step(Order order, boolean swept) {
    Progress progress = reports.find(order.erasureId());
    if (progress == null) { // whoever took the order was stopped before he had begun
      progress = closing.begin(order);
    }
    if (progress.report().finishedAt() != null) {
      orders.delete(order);
      return Step.FINISHED;
    }
    Pass pass = progress.pass();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (now.isBefore(order.startedAt().plus(pass.after())) || (pass == Pass.LAST && !swept)) {
      return Step.WAITS;
    }
    if (progress.reached().equals(pass.start(order)) && !progress.isUnderWay()) {
      closing.close(order);
    }
    return page(order, progress, now);
  }

  /** Half of a page of the inbox, or the end of the pass. */
  private Step page(Order order, Progress progress, Instant now) {
    UUID user = order.userId();
    boolean last = progress.pass() == Pass.LAST;
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

  private Step pass(Order order, Progress progress, Instant now) {
    Pass next = progress.pass().next();
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
