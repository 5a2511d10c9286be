package dev.knatter.chat.group;

import static dev.knatter.chat.group.GroupFixture.by;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.conversation.Audience;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.HistoryPolicy;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.conversation.Role;
import dev.knatter.chat.delivery.ChunkedFanOut;
import dev.knatter.chat.delivery.Notifier;
import dev.knatter.chat.delivery.Sweep;
import dev.knatter.chat.delivery.SweepMeters;
import dev.knatter.chat.message.Draft;
import dev.knatter.chat.message.FanOut;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.MessageLog;
import dev.knatter.chat.message.MessageReentry;
import dev.knatter.chat.page.CursorPosition;
import dev.knatter.chat.page.Page;
import dev.knatter.chat.page.PageCache;
import dev.knatter.chat.page.Pages;
import dev.knatter.chat.page.Scope;
import dev.knatter.chat.publication.Publications;
import dev.knatter.shared.Uuid7;

/**
 * A group in which members write, some of them by a process that stops after each commit, while others are added and removed. It
 * knows who has to have which messages.
 */
final class GroupMessages implements AutoCloseable {
  final GroupFixture fixture;
  final UUID owner;
  final UUID group;
  /** When each present member has joined, by the order of the messages: they must have all from there on. */
  final Map<UUID, Integer> members = new HashMap<>();
  final Set<UUID> gone = new HashSet<>();
  final List<Message> sent = new ArrayList<>();
  private final MigratedStores stores;
  private final Random random;
  private final Uuid7 ids;
  private final List<Pod> processes = new ArrayList<>();
  private final ChunkedFanOut fanOut;

  /** A process with its own cache of members. */
  private record Pod(Memberships memberships, MessageLog log) {}

  GroupMessages(MigratedStores stores, int size, HistoryPolicy history, long seed) {
    this.stores = stores;
    this.random = new Random(seed);
    this.fixture = new GroupFixture(stores);
    this.ids = new Uuid7(fixture.clock);
    fixture.beginSweepsNow(stores);
    this.owner = ids.mint();
    List<UUID> others = new ArrayList<>();
    for (int i = 1; i < size; i++) {
      others.add(ids.mint());
    }
    this.group = fixture.create(owner, others, history);
    members.put(owner, 0);
    others.forEach(user -> members.put(user, 0));
    this.fanOut = new ChunkedFanOut(new Memberships(fixture.cassandra),
        new MessageReentry(fixture.cassandra, fixture.slices, fixture.outbox), new Notifier(stores.redis()));
    processes.add(process(fanOut));
    processes.add(process(FanOut.LEFT_TO_SWEEP));
  }

  private Pod process(FanOut fanOutOfProcess) {
    return new Pod(new Memberships(fixture.cassandra),
        new MessageLog(fixture.cassandra, fixture.clock, random,
            fixture.slices, fixture.outbox, Publications.NONE, fanOutOfProcess));
  }

  /** Something happens, a few milliseconds after what happened before. */
  void step() {
    fixture.clock.advance(Duration.ofMillis(10));
    switch (random.nextInt(10)) {
      case 0, 1 -> add();
      case 2 -> remove();
      default -> send(processes.get(random.nextInt(processes.size())), any(List.copyOf(members.keySet())));
    }
  }

  private void add() {
    UUID user = gone.isEmpty() || random.nextBoolean() ? ids.mint() : any(List.copyOf(gone));
    fixture.groups.add(group, by(owner), List.of(user), Role.MEMBER);
    gone.remove(user);
    members.put(user, sent.size());
  }

  private void remove() {
    UUID user = any(List.copyOf(members.keySet()));
    if (!user.equals(owner)) {
      fixture.groups.remove(group, by(owner), user);
      members.remove(user);
      gone.add(user);
    }
  }

  private UUID any(List<UUID> users) {
    return users.get(random.nextInt(users.size()));
  }

  private void send(Pod process, UUID sender) {
    Draft draft = new Draft(process.memberships().audience(process.memberships().require(group, sender)),
        sender,
        "message " + sent.size(), "text/plain", null, null);
    sent.add(process.log().append(draft, ids.mint()).message());
  }

  /** By a process that has read the members long before it commits, and knew of the owner only. */
  void sendOutdated() {
    Conversation known = new Conversation(group, Conversation.GROUP, List.of(owner));
    Audience outdated = new Audience(known, 1, System.nanoTime() - Memberships.FRESH.toNanos() - 1);
    sent.add(processes.getFirst()
      .log()
      .append(new Draft(outdated, owner, "late", "text/plain", null, null), ids.mint())
      .message());
  }

  /** By a process that lives on. */
  void send() {
    send(processes.getFirst(), owner);
  }

  /** By a process that stops after the commit. */
  void sendAndStop() {
    send(processes.getLast(), owner);
  }

  /** All that is left to sweeps is done. */
  void sweep() {
    fanOut.close();
    fixture.catchUp.close();
    fixture.clock.advance(Duration.ofMinutes(2));
    try (GroupFixture another = new GroupFixture(stores)) {
      new Sweep(fixture.cassandra, fixture.clock, another.slices, another.outbox, (_, _) -> {},
          new SweepMeters())
        .run(GroupFixture.ENOUGH);
      new GroupSweep(fixture.cassandra, fixture.clock, another.changes, another.catchUp)
        .run(GroupFixture.ENOUGH);
    }
  }

  /** All that a user finds in their inbox, by a process that knows nothing. */
  Set<UUID> inbox(UUID user) {
    Pages pages = new Pages(fixture.cassandra, fixture.clock, fixture.slices, new PageCache(stores.redis()));
    Set<UUID> found = new HashSet<>();
    CursorPosition position = CursorPosition.BEGINNING;
    Page page;
    do {
      page = pages.after(Scope.inbox(user), position, 100);
      position = Objects.requireNonNull(page.next());
      page.messages().forEach(message -> found.add(message.id()));
    } while (!page.messages().isEmpty());
    return found;
  }

  @Override
  public void close() {
    fixture.close();
  }
}
