package dev.knatter.chat.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.conversation.Audience;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.conversation.TestGroup;
import dev.knatter.chat.message.Deletions;
import dev.knatter.chat.message.Draft;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.Pod;
import dev.knatter.chat.page.TimelineRows;
import dev.knatter.chat.reaction.Reactions;
import dev.knatter.chat.reading.UnreadCounts.Count;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.testing.MovableClock;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in which messages are sent, sent again, deleted and marked as read at random, beside a model
 * that counts what is unread by looking at everything. Batches land as late as the protocol allows, as in the
 * test of the cursors: within five seconds of minting their position where the writer could forget it; at any
 * time otherwise, and then the sweep enters the message again. Until it has, readers need not know the message.
 */
final class UnreadOperations {
  private static final Instant START = Instant.parse("2026-05-12T09:00:00Z");
  private static final int IN_TIME = 5_000;
  /** Far less than the time before a mark in which it knows each message. */
  private static final int MAX_AGE = 1_200_000;

  /** Something that reaches the store at a moment. */
  private record Landing(long at, Runnable write) {}

  /** What a user has read. seen: what was there, up to the last message that was read. */
  private record Model(UUID upTo, Set<UUID> seen) {}

  private final Random random;
  private final Cassandra cassandra;
  private final MovableClock clock = new MovableClock(START);
  private final Conversation conversation;
  private final Map<UUID, @Nullable UUID> floors = new HashMap<>();
  private final Pod pod;
  private final Deletions deletions;
  private final Reading reading;
  private final ReadMarks marks;
  private final UnreadCounts counts;
  private final PriorityQueue<Landing> landings = new PriorityQueue<>(Comparator.comparingLong(Landing::at));
  private final Map<UUID, Message> there = new HashMap<>();
  private final Set<UUID> deleted = new HashSet<>();
  /** For each message, how many attempts the sweep still has to look after. */
  private final Map<UUID, Integer> pending = new HashMap<>();
  private final Map<UUID, Model> models = new HashMap<>();
  private long now = START.toEpochMilli();

  UnreadOperations(MigratedStores stores, long seed, boolean group) {
    random = new Random(seed);
    cassandra = stores.cassandra();
    conversation = group ? group(stores) : direct();
    if (random.nextBoolean()) { // the product would have the store date this entry, whose clock is not the test's
      stores.session()
        .execute("INSERT INTO slice_history (window, conversation_id, starts_at, length, written)"
            + " VALUES (?, ?, ?, 300, ?)", Math.floorDiv(now, 864_000_000L), conversation.id(), now + 60_000,
            Uuids.startOf(now - 600_000));
    }
    pod = new Pod(cassandra, clock, random.nextLong());
    deletions = new Deletions(cassandra, pod.slices, new Reactions(cassandra, clock));
    TimelineRows timeline = new TimelineRows(cassandra, pod.slices);
    marks = new ReadMarks(cassandra);
    reading = new Reading(cassandra, clock, new Memberships(cassandra), timeline, marks);
    counts = new UnreadCounts(timeline);
  }

  private Conversation direct() {
    Conversation direct = Conversation.direct(id(now), id(now));
    direct.members().forEach(member -> floors.put(member, null));
    return direct;
  }

  /** The last of three members has joined after some minutes, and does not see what was before. */
  private Conversation group(MigratedStores stores) {
    List<UUID> members = List.of(id(now), id(now), id(now));
    TestGroup group = new TestGroup(stores.session(), members.subList(0, 2));
    members.subList(0, 2).forEach(member -> floors.put(member, null));
    UUID floor = Uuid7.floor(now + 300_000);
    group.add(members.getLast(), floor);
    floors.put(members.getLast(), floor);
    return new Conversation(group.id, Conversation.GROUP, members);
  }

  private UUID id(long millis) {
    return Uuid7.of(millis, random.nextLong(), random.nextLong());
  }

  void run(int operations) {
    for (int i = 0; i < operations; i++) {
      passTime(1 + (random.nextInt(10) == 0 ? random.nextInt(30_000) : random.nextInt(6_000)));
      switch (random.nextInt(10)) {
        case 0, 1, 2, 3 -> send();
        case 4 -> sendAgain();
        case 5 -> delete();
        case 6, 7 -> mark();
        default -> check(member());
      }
    }
    while (!landings.isEmpty()) {
      passTime(60_000);
    }
    floors.keySet().forEach(this::check);
    pod.close();
  }

  private void passTime(long millis) {
    now += millis;
    clock.set(Instant.ofEpochMilli(now));
    for (Landing due = landings.peek(); due != null && due.at() <= now; due = landings.peek()) {
      landings.remove().write().run();
    }
  }

  private UUID member() {
    return conversation.members().get(random.nextInt(conversation.members().size()));
  }

  private void send() {
    long age = random.nextInt(4) == 0 ? random.nextInt(-1_000, 55_000) : 0;
    Draft draft = new Draft(conversation, member(), "m", "text/plain", null, null);
    Message message = Pod.message(draft, id(now - age));
    enter(message, pod.rows(message, Audience.of(conversation)));
  }

  /** The answer was lost, or the client has it and does not know. */
  private void sendAgain() {
    List<Message> young = there.values()
      .stream()
      .filter(message -> Uuid7.millis(message.id()) > now - MAX_AGE)
      .toList();
    if (!young.isEmpty()) {
      Message message = young.get(random.nextInt(young.size()));
      enter(message, pod.rows(message, Audience.of(conversation)));
    }
  }

  private void enter(Message message, List<BatchableStatement<?>> rows) {
    boolean inTime = random.nextInt(4) > 0;
    long at = now + (random.nextBoolean() && inTime ? 0 : random.nextInt(inTime ? IN_TIME : 400_000));
    land(at, () -> {
      rows.forEach(cassandra::execute);
      there.put(message.id(), message);
    });
    if (!inTime) {
      pending.merge(message.id(), 1, Integer::sum);
      sweepLater(message);
    }
  }

  private void sweepLater(Message message) {
    land(now + 1 + random.nextInt(60_000), () -> {
      if (!there.containsKey(message.id())) {
        sweepLater(message);
        return;
      }
      enter(message, pod.rowsOfReentry(message, conversation));
      // Or it has counted itself again, because it was not in time either.
      land(now + IN_TIME, () -> pending.merge(message.id(), -1, Integer::sum));
    });
  }

  private void land(long at, Runnable write) {
    if (at <= now) {
      write.run();
    } else {
      landings.add(new Landing(at, write));
    }
  }

  private void delete() {
    List<Message> some = new ArrayList<>(there.values());
    if (!some.isEmpty()) {
      Message message = some.get(random.nextInt(some.size()));
      boolean _ = deletions.deleteContent(conversation.id(), List.of(message.id()), message.sender(),
          clock.instant());
      deleted.add(message.id());
    }
  }

  private void mark() {
    List<UUID> ids = there.keySet().stream().sorted().toList();
    if (ids.isEmpty()) {
      return;
    }
    UUID user = member();
    UUID upTo = random.nextInt(3) > 0 ? ids.getLast() : ids.get(random.nextInt(ids.size()));
    reading.mark(user, new ReadCommand(conversation.id(), upTo));
    Model before = models.get(user);
    if (before == null || before.upTo().compareTo(upTo) <= 0) {
      models.put(user,
          new Model(upTo, new HashSet<>(ids.stream().filter(id -> id.compareTo(upTo) <= 0).toList())));
    }
  }

  private void check(UUID user) {
    Set<UUID> unread = new HashSet<>();
    there.values().stream().filter(message -> isUnread(user, message)).forEach(each -> unread.add(each.id()));
    int all = unread.size();
    unread.removeIf(id -> pending.getOrDefault(id, 0) > 0);
    int known = unread.size();

    ReadMark mark = marks.of(user, List.of(conversation.id())).get(conversation.id());
    Count count = counts.count(conversation.id(), user, floors.get(user), mark);
    assertThat(count.unread()).isBetween(Math.min(known, UnreadCounts.MAX), Math.min(all, UnreadCounts.MAX));
    if (known == all) {
      assertThat(count.more()).isEqualTo(all > UnreadCounts.MAX);
    }
  }

  private boolean isUnread(UUID user, Message message) {
    UUID id = message.id();
    UUID floor = floors.get(user);
    Model read = models.get(user);
    return !message.sender().equals(user) && !deleted.contains(id)
        && (floor == null || floor.compareTo(id) <= 0)
        && (read == null || id.compareTo(read.upTo()) > 0 || !read.seen().contains(id));
  }
}
