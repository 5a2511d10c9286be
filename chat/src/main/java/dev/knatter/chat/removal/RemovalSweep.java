package dev.knatter.chat.removal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

import dev.knatter.chat.delivery.Notifier;
import dev.knatter.chat.group.DeletionOrders;
import dev.knatter.chat.group.DeletionOrders.Order;
import dev.knatter.chat.group.GroupRemains;
import dev.knatter.chat.message.ConversationContent;
import dev.knatter.chat.message.ConversationContent.Entry;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.pending.DeletionPass;
import dev.knatter.chat.reaction.Reactions;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Redis;
import org.jspecify.annotations.Nullable;

/**
 * Removes the content of deleted groups, one page of a timeline at a time and in turns. The progress is stored after every page,
 * and two processes at the same time do no harm. Nobody is a member of a deleted group, so this is not what makes it invisible.
 */
public final class RemovalSweep {
  private static final int PAGE = 100;
  /** A client id is valid for two minutes, and clocks differ. */
  private static final Duration IN_PROGRESS = Duration.ofMinutes(3);

  private final Clock clock;
  private final DeletionOrders orders;
  private final ConversationContent content;
  private final GroupRemains remains;
  private final Reactions reactions;
  private final Notifier notifier;

  public RemovalSweep(Cassandra cassandra, Redis redis, Clock clock) {
    this.clock = clock;
    this.orders = new DeletionOrders(cassandra);
    this.content = new ConversationContent(cassandra);
    this.remains = new GroupRemains(cassandra);
    this.reactions = new Reactions(cassandra, clock);
    this.notifier = new Notifier(redis);
  }

  /**
   * Continues every removal, for about as long as allowed. Returns how many were finished. If one fails, the others continue
   * before this throws.
   *
   * @param swept whether the sweep of messages has reached the present; until then no last pass can begin
   */
  public int run(Duration allowed, boolean swept) {
    int finished = 0;
    @Nullable
    RuntimeException failure = null;
    List<Order> waiting = orders.all();
    long end = System.nanoTime() + allowed.toNanos();
    while (!waiting.isEmpty() && System.nanoTime() - end < 0) {
      List<Order> unfinished = new ArrayList<>();
      for (Order order : waiting) {
        DeletionPass pass = DeletionPass.of(order.pass());
        if (System.nanoTime() - end >= 0) {
          break;
        }
        if (isDue(order, pass, swept)) {
          try {
            Order moved = step(order, pass);
            if (moved == null) {
              finished++;
            } else {
              unfinished.add(moved);
            }
          } catch (RuntimeException e) {
            failure = e; // this order failed; the others continue
          }
        }
      }
      waiting = unfinished;
    }
    if (failure != null) {
      throw failure;
    }
    return finished;
  }

  private boolean isDue(Order order, DeletionPass pass, boolean swept) {
    return !clock.instant().isBefore(order.deletedAt().plus(pass.after()))
        && (pass != DeletionPass.LAST || swept);
  }

  /** Deletes a page, or ends the pass. Null if the removal is finished. */
  private @Nullable Order step(Order order, DeletionPass pass) {
    UUID group = order.group();
    OptionalLong found = content.sliceFrom(group, order.slice());
    if (found.isEmpty()) {
      return endPass(order, pass);
    }
    long slice = found.getAsLong();
    if (pass == DeletionPass.LAST) {
      // Not read: the deletions of the earlier passes may be more than one read can pass over.
      content.deleteSlice(group, slice);
      return orders.move(order, pass.name(), slice + 1, DeletionOrders.START);
    }
    UUID start = start(order, pass);
    UUID above = slice == order.slice() && order.reached().compareTo(start) > 0 ? order.reached() : start;
    List<UUID> ids = content.above(group, slice, above, PAGE).stream().map(Entry::key).toList();
    if (ids.isEmpty()) {
      return orders.move(order, pass.name(), slice + 1, DeletionOrders.START);
    }
    reactions.deleteAll(group, ids); // before the messages, by which a later pass would find them
    content.delete(group, slice, ids);
    notifier.conversationChanged(group, List.of()); // invalidates cached pages
    return orders.move(order, pass.name(), slice, ids.getLast());
  }

  /** The id after which a pass deletes messages: the first one after those that have expired. */
  private UUID start(Order order, DeletionPass pass) {
    UUID start = firstMessage(pass, order.deletedAt());
    UUID oldest = remains.longest(order.group()).oldest(clock.instant());
    return oldest == null || oldest.compareTo(start) <= 0 ? start : Uuid7.before(oldest);
  }

  /**
   * The id after which a pass deletes messages. The second pass looks only where messages can have appeared since the
   * first one: a read of all the rest would pass over all that the first one has deleted.
   */
  private static UUID firstMessage(DeletionPass pass, Instant deletedAt) {
    return pass == DeletionPass.SOON
        ? Uuid7.floor(deletedAt.minus(IN_PROGRESS).toEpochMilli())
        : DeletionOrders.START;
  }

  private @Nullable Order endPass(Order order, DeletionPass pass) {
    DeletionPass next = pass.next();
    if (next != null) {
      remains.forgetMembers(order.group(), order.deletedAt());
      UUID start = firstMessage(next, order.deletedAt());
      return orders.move(order, next.name(), Slices.first(start), start);
    }
    content.deleteIndex(order.group());
    remains.deleteAll(order.group(), order.deletedAt());
    orders.delete(order);
    return null;
  }
}
