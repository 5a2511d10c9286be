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
import dev.knatter.chat.deadletter.DeadLettersOfUser;
import dev.knatter.chat.delivery.Notifier;
import dev.knatter.chat.group.GroupDepartures;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.inbox.Inbox.Reference;
import dev.knatter.chat.message.Deletions;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.pending.DeletionPass;
import dev.knatter.chat.reaction.Reactions;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Redis;
import org.jspecify.annotations.Nullable;

/**
 * Carries out all erasures, one page of an inbox at a time and in turns, so that a user with many messages does not
 * delay the others. The progress is stored after every page. If a process stops, another one continues with that
 * page. Two processes at the same time do no harm.
 */
public final class ErasureSweep {
  private static final int PAGE = 100;
  /** Each is a lightweight transaction. */
  private static final int GROUPS = 20;

  private final Clock clock;
  private final Inbox inbox;
  private final ErasureOrders orders;
  private final ErasureReports reports;
  private final AccountClosing closing;
  private final MessageErasing messages;
  private final DeadLettersOfUser deadLetters;
  private final GroupDepartures groups;

  public ErasureSweep(Cassandra cassandra, Redis redis, Clock clock, Slices slices, Inbox inbox,
      GroupDepartures groups) {
    this.clock = clock;
    this.inbox = inbox;
    this.orders = new ErasureOrders(cassandra);
    this.reports = new ErasureReports(cassandra);
    this.closing = new AccountClosing(cassandra, redis, clock);
    Reactions reactions = new Reactions(cassandra, clock);
    this.messages = new MessageErasing(new Conversations(cassandra), new Usernames(cassandra), orders,
        new Deletions(cassandra, slices, reactions), reactions, new Notifier(redis));
    this.deadLetters = new DeadLettersOfUser(cassandra);
    this.groups = groups;
  }

  /**
   * Continues every erasure, for about as long as allowed. Returns how many were finished.
   *
   * @param swept whether the sweep has reached the present. Until then it may still enter messages in inboxes, so no
   *     last pass can begin
   */
  public int run(Duration allowed, boolean swept) {
    int finished = 0;
    @Nullable
    RuntimeException failure = null;
    List<ErasureOrder> waiting = orders.all();
    long end = System.nanoTime() + allowed.toNanos(); // starts after the read, so that every run makes progress
    while (!waiting.isEmpty() && System.nanoTime() - end < 0) {
      List<ErasureOrder> unfinished = new ArrayList<>();
      for (ErasureOrder order : waiting) {
        if (System.nanoTime() - end >= 0) {
          break;
        }
        try {
          switch (step(order, swept)) {
            case MORE -> unfinished.add(order);
            case FINISHED -> finished++;
            case WAITS -> {
            }
          }
        } catch (RuntimeException e) {
          failure = e; // this order failed; the others continue
        }
      }
      waiting = unfinished;
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
    if (progress == null) { // the process that took the order stopped before it began
      progress = closing.begin(order);
    }
    if (progress.report().finishedAt() != null) {
      orders.delete(order);
      return Step.FINISHED;
    }
    DeletionPass pass = progress.pass();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (now.isBefore(order.startedAt().plus(pass.after())) || (pass == DeletionPass.LAST && !swept)) {
      return Step.WAITS;
    }
    if (progress.reached().equals(order.start(pass)) && !progress.isPageCounted()) {
      closing.close(order);
    }
    return page(order, progress, now);
  }

  /** Counts a page of the inbox, or erases a counted page, or a page of dead letters, or ends the pass. */
  private Step page(ErasureOrder order, ErasureProgress progress, Instant now) {
    UUID user = order.userId();
    boolean last = progress.pass() == DeletionPass.LAST;
    if (progress.isPageCounted()) {
      messages.erase(order, inbox.between(user, progress.reached(), progress.counted()), last);
      reports.move(progress, progress.afterErasing());
      return Step.MORE;
    }
    int current = Inbox.month(now.toEpochMilli() + Duration.ofMinutes(1).toMillis());
    for (int month = Inbox.month(Uuid7.millis(progress.reached())); month <= current; month++) {
      List<Reference> page = inbox.above(user, month, progress.reached(), PAGE);
      if (!page.isEmpty()) {
        reports.move(progress, progress.afterCounting(page.getLast().position(), messages.count(user, page),
            last ? page.size() : 0));
        return Step.MORE;
      }
      if (last) {
        inbox.deleteMonth(user, month);
      }
    }
    if (groups.leaveSome(user, GROUPS) > 0 || deadLetters.erase(user, PAGE) > 0) {
      return Step.MORE;
    }
    return pass(order, progress, now);
  }

  private Step pass(ErasureOrder order, ErasureProgress progress, Instant now) {
    DeletionPass next = progress.pass().next();
    if (next != null) {
      reports.move(progress, progress.inPass(next, order.start(next), now));
      return Step.MORE;
    }
    groups.forget(order.userId());
    closing.deleteName(order);
    if (!reports.finish(progress, now)) {
      return Step.MORE; // another process has continued or finished this erasure
    }
    orders.delete(order);
    return Step.FINISHED;
  }
}
