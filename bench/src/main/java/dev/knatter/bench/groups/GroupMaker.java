package dev.knatter.bench.groups;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import dev.knatter.bench.setup.Person;
import dev.knatter.bench.setup.TestUsers;
import dev.knatter.chat.conversation.HistoryPolicy;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.conversation.Role;
import dev.knatter.chat.group.Command;
import dev.knatter.chat.group.Groups;
import dev.knatter.chat.group.Groups.NewGroup;
import dev.knatter.chat.group.JoinCatchUp;
import dev.knatter.chat.group.PendingChanges;
import dev.knatter.chat.group.Versions;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.inbox.Outbox;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.publication.Publications;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;

/** Makes groups by the product's own commands. */
public final class GroupMaker implements AutoCloseable {
  /** What is done for new members begins ten seconds after they have joined. */
  private static final int CAUGHT_UP_SECONDS = 15;

  private final TestUsers users;
  private final Outbox outbox;
  private final PendingChanges changes;
  private final JoinCatchUp catchUp;
  private final Groups groups;
  private final Memberships memberships;
  private int made;

  public GroupMaker(Cassandra cassandra, TestUsers users) {
    Clock clock = Clock.systemUTC();
    RandomGenerator random = new SplittableRandom();
    Uuid7 ids = new Uuid7(clock);
    this.users = users;
    this.outbox = new Outbox(cassandra, new Inbox(cassandra), ids, random);
    this.changes = new PendingChanges(cassandra, ids, random);
    this.catchUp = new JoinCatchUp(cassandra, new Slices(cassandra, clock), outbox, (_, _) -> {});
    this.groups = new Groups(cassandra, clock, changes, Publications.NONE, catchUp);
    this.memberships = new Memberships(cassandra);
  }

  /** All members but the sender are ids of users who never log in. */
  MadeGroup make(int size) {
    Person sender = users.people().get(made);
    made++;
    List<UUID> others = new ArrayList<>();
    for (int i = 1; i < size; i++) {
      others.add(Uuid7.of(users.since(), made, -i));
    }
    return make(sender, others);
  }

  public MadeGroup make(Person sender, List<UUID> members) {
    int size = members.size() + 1;
    List<UUID> left = new ArrayList<>(members);
    Command command = new Command(sender.id(), null, Versions.ANY);
    UUID id = groups
      .create(command, new NewGroup(size + " members", next(left), /* retentionDays= */ 0, HistoryPolicy.ALL))
      .state()
      .id();
    while (!left.isEmpty()) {
      var _ = groups.add(id, command, next(left), Role.MEMBER);
    }
    List<UUID> others = new ArrayList<>(memberships.presentMembers(id).users());
    others.remove(sender.id());
    if (others.size() != size - 1) {
      throw new IllegalStateException("The group of %d has %d members.".formatted(size, others.size() + 1));
    }
    return new MadeGroup(id, sender, others);
  }

  /** Takes as many as one command may add. */
  private static List<UUID> next(List<UUID> left) {
    List<UUID> some = left.subList(0, Math.min(left.size(), Groups.MAX_ADDED));
    List<UUID> taken = List.copyOf(some);
    some.clear();
    return taken;
  }

  /** Waits until nothing is done any more because somebody has joined. */
  public void settle() throws InterruptedException {
    TimeUnit.SECONDS.sleep(CAUGHT_UP_SECONDS);
  }

  @Override
  public void close() {
    catchUp.close();
    changes.close();
    outbox.close();
  }
}
