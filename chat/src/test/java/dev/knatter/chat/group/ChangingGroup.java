package dev.knatter.chat.group;

import static dev.knatter.chat.group.GroupFixture.by;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.change.Changer;
import dev.knatter.chat.change.Follower;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.HistoryPolicy;
import dev.knatter.chat.conversation.Role;
import dev.knatter.chat.delivery.Sweep;
import dev.knatter.chat.delivery.SweepMeters;
import dev.knatter.chat.group.GroupModel.State;
import dev.knatter.chat.message.Draft;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.Pod;
import dev.knatter.chat.page.CursorPosition;
import dev.knatter.chat.page.Page;
import dev.knatter.chat.page.PageCache;
import dev.knatter.chat.page.Pages;
import dev.knatter.chat.page.Scope;
import dev.knatter.chat.publication.Publications;
import dev.knatter.shared.Uuid7;

/**
 * Some minutes of a group in which members write, edit and delete, while others join and leave. Some processes stop after a
 * commit, others in the middle of a change, and some batches reach the store row by row, much later. A model says what each
 * member has to find in the end.
 */
final class ChangingGroup implements AutoCloseable {
  private static final int LATEST = 100_000;
  /** Earlier than the clock of the store, so that an edit is later than every write of its message. */
  private static final Duration BEFORE_NOW = Duration.ofMinutes(15);

  /** A row that reaches the store at a moment. */
  private record Landing(long at, Runnable write) {}

  /** The process stops between the change of the message and the inboxes. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  final GroupFixture fixture;
  final UUID group;
  /** Who is there from the beginning to the end. */
  final UUID owner;
  final GroupModel model;
  /** The owner at two devices: one follows, and the other one is away all the time. */
  final Follower there;
  final Follower away;

  private final MigratedStores stores;
  private final Random random;
  /** In milliseconds. A step in a large group takes longer, and the processes must not fall behind the clock. */
  private final int shortestStep;
  private final Uuid7 ids;
  private final SendingProcesses processes;
  private final Pod slow;
  private final Changer changer;
  private final Changer stopping;
  private final PriorityQueue<Landing> landings = new PriorityQueue<>(Comparator.comparingLong(Landing::at));
  private final List<Message> landed = new ArrayList<>();

  ChangingGroup(MigratedStores stores, int size, HistoryPolicy history, long seed) {
    this.stores = stores;
    this.random = new Random(seed);
    this.shortestStep = size > 2 * Conversation.MAX_MEMBERS ? 2_000 : 10;
    this.model = new GroupModel(history);
    this.fixture = new GroupFixture(stores);
    fixture.clock.set(fixture.clock.instant().minus(BEFORE_NOW));
    fixture.catchUp.close(); // the sweep does it, at the time of the test
    fixture.beginSweepsNow(stores);
    this.ids = new Uuid7(fixture.clock);
    this.owner = ids.mint();
    List<UUID> others = new ArrayList<>();
    for (int i = 1; i < size; i++) {
      others.add(ids.mint());
    }
    this.group = fixture.create(owner, others, history);
    model.founded(owner);
    others.forEach(model::founded);
    fixture.clock.advance(Duration.ofMinutes(1)); // what follows from these joinings is over
    this.processes = new SendingProcesses(stores, fixture, random);
    this.slow = new Pod(fixture.cassandra, fixture.clock, random.nextLong());
    this.changer = changer(/* stops= */ false);
    this.stopping = changer(/* stops= */ true);
    this.there = new Follower(pages(), owner);
    this.away = new Follower(pages(), owner);
  }

  private Changer changer(boolean stops) {
    return new Changer(fixture.cassandra, stores.redis(), fixture.clock, random.nextLong(),
        (_, _) -> false, Publications.NONE, (_, waiting) -> {
          if (stops && waiting.isEmpty()) { // the message is changed, and nobody knows it yet
            throw new Stopped();
          }
        });
  }

  /** A process that reads and knows nothing. */
  private Pages pages() {
    return new Pages(fixture.cassandra, fixture.clock, fixture.slices, new PageCache(stores.redis()));
  }

  /** Something happens, some time after what happened before. */
  void step() {
    goTo(fixture.clock.millis() + shortestStep
        + random.nextInt(random.nextInt(10) == 0 ? 20_000 : 1_500));
    switch (random.nextInt(14)) {
      case 0, 1 -> add();
      case 2 -> remove();
      case 3, 4, 5 -> change();
      case 6, 7 -> sendLate();
      case 8, 9 -> {
        int _ = there.read();
      }
      case 10 -> sweep();
      default -> send();
    }
  }

  private void goTo(long millis) {
    processes.finish(); // the clock must not go on while they commit
    for (Landing due = landings.peek(); due != null && due.at() <= millis; due = landings.peek()) {
      landings.remove();
      fixture.clock.set(Instant.ofEpochMilli(Math.max(due.at(), fixture.clock.millis())));
      due.write().run();
    }
    fixture.clock.set(Instant.ofEpochMilli(millis));
    processes.begin();
  }

  private void add() {
    UUID user = model.gone.isEmpty() || random.nextBoolean() ? ids.mint() : any(model.gone);
    fixture.groups.add(group, by(owner), List.of(user), Role.MEMBER);
    model.joined(user, fixture.clock.millis());
  }

  private void remove() {
    UUID user = any(model.members.keySet());
    if (!user.equals(owner)) {
      fixture.groups.remove(group, by(owner), user);
      model.left(user);
    }
  }

  private void send() {
    UUID sender = any(model.members.keySet());
    Message message = processes.send(draft(sender), clientId(sender));
    model.sent(message);
    landed.add(message);
  }

  /** Its rows land one by one, some of them much later than anybody may acknowledge. */
  private void sendLate() {
    UUID sender = any(model.members.keySet());
    Draft draft = draft(sender);
    Message message = Pod.message(draft, clientId(sender));
    long last = 0;
    for (BatchableStatement<?> row : slow.rows(message, draft.audience())) {
      long at = fixture.clock.millis() + random.nextInt(LATEST);
      last = Math.max(last, at);
      landings.add(new Landing(at, () -> {
        var _ = fixture.cassandra.execute(row);
      }));
    }
    landings.add(new Landing(last + 1, () -> landed.add(message)));
    model.sent(message);
  }

  private Draft draft(UUID sender) {
    return new Draft(processes.audience(group, sender), sender, "message " + model.sent.size(),
        "text/plain", null, null);
  }

  /** Of a client that may have tried before; of a moment at which the sender was a member. */
  private UUID clientId(UUID sender) {
    long earliest = Math.max(fixture.clock.millis() - 50_000, model.floor(sender));
    long age = random.nextInt(3) > 0 ? 0 : random.nextLong(fixture.clock.millis() - earliest + 1);
    return Uuid7.of(fixture.clock.millis() - age, random.nextLong(), random.nextLong());
  }

  /** An author edits or deletes a message, by a process that may stop in the middle. */
  private void change() {
    List<Message> changeable = landed.stream().filter(model::isChangeable).toList();
    if (changeable.isEmpty()) {
      return;
    }
    Message message = any(changeable);
    State before = model.state(message.id());
    Changer process = random.nextInt(3) == 0 ? stopping : changer;
    boolean isDeletion = random.nextInt(4) == 0;
    String content = isDeletion ? "" : "state " + (before.version() + 1) + " of " + message.content();
    try {
      Message _ = isDeletion
          ? process.delete(message.sender(), message)
          : process.edit(message.sender(), message, content);
    } catch (Stopped _) {
      // The sweep does the rest.
    }
    model.changed(message.id(), new State(before.version() + 1, content, isDeletion));
  }

  private <T> T any(Collection<T> some) {
    return List.copyOf(some).get(random.nextInt(some.size()));
  }

  /** Another process comes by, with caches of its own. */
  private void sweep() {
    try (Pod process = new Pod(fixture.cassandra, fixture.clock, random.nextLong());
        JoinCatchUp catchUp = new JoinCatchUp(fixture.cassandra, process.slices, process.outbox,
            (_, _) -> {})) {
      new Sweep(fixture.cassandra, fixture.clock, process.slices, process.outbox, (_, _) -> {},
          new SweepMeters())
        .run(GroupFixture.ENOUGH);
      new GroupSweep(fixture.cassandra, fixture.clock, fixture.changes, catchUp).run(GroupFixture.ENOUGH);
    }
  }

  /** Everything lands, and every sweep comes by. */
  void finish() {
    goTo(fixture.clock.millis() + LATEST + 1);
    goTo(fixture.clock.millis() + Duration.ofMinutes(2).toMillis());
    sweep();
    goTo(fixture.clock.millis() + Duration.ofHours(5).toMillis());
    sweep();
    goTo(fixture.clock.millis() + Duration.ofMinutes(1).toMillis());
  }

  /** All that a user finds in their inbox. */
  Map<UUID, State> inbox(UUID user) {
    return walk(Scope.inbox(user));
  }

  /** All that the owner finds in the group. */
  Map<UUID, State> timeline() {
    return walk(Scope.conversation(group));
  }

  private Map<UUID, State> walk(Scope scope) {
    Pages pages = pages();
    Map<UUID, Message> found = new HashMap<>();
    CursorPosition position = CursorPosition.BEGINNING;
    Page page;
    do {
      page = pages.after(scope, position, 100);
      position = Objects.requireNonNull(page.next());
      page.messages().forEach(message -> found.merge(message.id(), message, Message::latest));
    } while (!page.messages().isEmpty());
    return GroupModel.states(found);
  }

  @Override
  public void close() {
    processes.finish();
    changer.close();
    stopping.close();
    slow.close();
    fixture.close();
  }
}
