package dev.knatter.chat.group;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import dev.knatter.chat.conversation.Membership;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.inbox.Outbox;
import dev.knatter.chat.inbox.WriteAttempt;
import dev.knatter.chat.message.ConversationContent;
import dev.knatter.chat.message.ConversationContent.Entry;
import dev.knatter.chat.message.MessageReentry;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.message.Timeline;
import dev.knatter.chat.pending.Intent;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enters in the inboxes of new members what was sent when others did not know of them yet. A sender's list of members may be as
 * old as {@link Memberships#FRESH}, and its commit may take half of {@link WriteAttempt#DELTA} more; a sender that is slower keeps
 * its outbox row. So when the tables of members have had them for {@link #AFTER}, the timeline has all that they may lack. What they
 * have already, they get again under the same id.
 */
public final class JoinCatchUp implements AutoCloseable {
  /** How long after the event of the joining. */
  static final Duration AFTER = Memberships.FRESH.plus(WriteAttempt.DELTA.dividedBy(2));

  /** Clocks differ by a second. */
  private static final Duration MARGIN = Duration.ofSeconds(5);
  private static final int PAGE = 100;
  private static final Logger log = LoggerFactory.getLogger(JoinCatchUp.class);

  private final Slices slices;
  private final GroupLog groups;
  private final MemberTables tables;
  private final ConversationContent content;
  private final Timeline timeline;
  private final MessageReentry messages;
  private final BiConsumer<UUID, List<UUID>> onDelivery;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /** @param onDelivery called with a conversation and the new members, before and after messages were entered for them */
  public JoinCatchUp(Cassandra cassandra, Slices slices, Outbox outbox,
      BiConsumer<UUID, List<UUID>> onDelivery) {
    this.slices = slices;
    this.groups = new GroupLog(cassandra);
    this.tables = new MemberTables(cassandra, groups.events());
    this.content = new ConversationContent(cassandra);
    this.timeline = new Timeline(cassandra, slices);
    this.messages = new MessageReentry(cassandra, slices, outbox);
    this.onDelivery = onDelivery;
  }

  /** Catches up in the background when it is time, and then closes the pending change. */
  void later(UUID group, List<UUID> joining, Intent pending) {
    Thread.ofVirtual().name("join").start(() -> {
      try (pending) {
        if (!stopped.await(AFTER.toMillis(), TimeUnit.MILLISECONDS)) {
          enter(group, joining);
          pending.settle();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        log.info("What new members may lack is left to the sweep: {}", e.toString());
      }
    });
  }

  /** What members have in common who joined at one moment. floor: null if they may see all */
  private record Joining(long millis, @Nullable UUID floor) {
    static Joining of(GroupMember member) {
      return new Joining(member.joinedAt().toEpochMilli(), member.floor());
    }

    /** The first key of the timeline that a message may have which was committed after the joining. */
    long from() {
      return millis - Timeline.DELTA.toMillis();
    }

    /**
     * The last key that these members may lack.
     *
     * @param known when the tables of members had them: much later than the joining if a process stopped in between
     */
    UUID last(Collection<Instant> known) {
      long latest = known.stream().mapToLong(Instant::toEpochMilli).reduce(millis, Math::max);
      return Uuid7.last(latest + AFTER.plus(MARGIN).toMillis());
    }

    boolean sees(UUID message) {
      return Membership.sees(floor, message);
    }
  }

  /** Enters in the inboxes of those who are members what they may lack. */
  void enter(UUID group, List<UUID> joining) {
    if (joining.isEmpty()) {
      return;
    }
    Map<Joining, List<UUID>> together = new HashMap<>();
    groups.read(group).map(GroupLog.Read::state).filter(state -> !state.isDeleted()).ifPresent(state -> {
      for (UUID user : joining) {
        state.member(user)
          .map(Joining::of)
          .ifPresent(same -> together.computeIfAbsent(same, _ -> new ArrayList<>()).add(user));
      }
    });
    together.forEach((same, users) -> {
      Collection<Instant> known = tables.knownSince(group, users).values();
      enter(group, same, users, same.last(known));
    });
  }

  private void enter(UUID group, Joining joining, List<UUID> users, UUID last) {
    UUID above = Uuid7.before(Uuid7.floor(joining.from()));
    OptionalLong slice = content.sliceFrom(group, slices.at(group, joining.from()));
    while (slice.isPresent() && slice.getAsLong() <= Uuid7.millis(last)) {
      List<Entry> page = content.above(group, slice.getAsLong(), above, PAGE);
      enter(group, page.stream()
        .filter(entry -> entry.key().compareTo(last) <= 0)
        .map(Entry::message)
        .filter(joining::sees)
        .toList(), users);
      if (!page.isEmpty() && page.getLast().key().compareTo(last) > 0) {
        return;
      }
      if (page.size() < PAGE) {
        slice = content.sliceFrom(group, slice.getAsLong() + 1);
      } else {
        above = page.getLast().key();
      }
    }
  }

  private void enter(UUID group, List<UUID> ids, List<UUID> users) {
    if (ids.isEmpty()) {
      return;
    }
    onDelivery.accept(group, users); // a reader who finds an entry must not get an older cached page
    timeline.findAll(group, ids).values().forEach(message -> messages.enterFor(users, message, null));
    onDelivery.accept(group, users); // and those who wait read again
  }

  /** Leaves to the sweep what is not due yet. */
  @Override
  public void close() {
    stopped.countDown();
  }
}
