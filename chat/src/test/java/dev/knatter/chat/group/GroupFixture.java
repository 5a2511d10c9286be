package dev.knatter.chat.group;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.conversation.HistoryPolicy;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.conversation.Role;
import dev.knatter.chat.group.Groups.NewGroup;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.inbox.Outbox;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.publication.ChatEvent;
import dev.knatter.chat.publication.EventSink;
import dev.knatter.chat.publication.PublicationTable;
import dev.knatter.chat.publication.Publisher;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.testing.MovableClock;
import org.jspecify.annotations.Nullable;

/** A process that changes groups, on a clock of the test's, and some users. */
final class GroupFixture implements AutoCloseable {
  static final Duration ENOUGH = Duration.ofMinutes(1);

  final MovableClock clock = new MovableClock(Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS));
  final Cassandra cassandra;
  final Groups groups;
  final GroupLog log;
  final Memberships memberships;
  final ConversationQueries queries;
  final PendingChanges changes;
  final JoinCatchUp catchUp;
  final Slices slices;
  final Outbox outbox;
  /** For whom messages were entered. */
  final Set<UUID> told = ConcurrentHashMap.newKeySet();
  /** What was published. */
  final List<ChatEvent> published = new CopyOnWriteArrayList<>();
  final UUID ada = UUID.randomUUID();
  final UUID grace = UUID.randomUUID();
  final UUID linus = UUID.randomUUID();
  final UUID stranger = UUID.randomUUID();
  private final Random random = new Random();
  private final Publisher publisher;

  GroupFixture(MigratedStores stores) {
    this(stores, 0);
  }

  /** @param process of which the client of Cassandra is */
  GroupFixture(MigratedStores stores, int process) {
    cassandra = stores.cassandra(process);
    Uuid7 ids = new Uuid7(clock);
    changes = new PendingChanges(cassandra, ids, random);
    publisher = new Publisher(cassandra, new PublicationTable(cassandra, ids, random), event -> {
      published.add(event);
      return EventSink.Outcome.ACCEPTED;
    });
    slices = new Slices(cassandra, clock);
    outbox = new Outbox(cassandra, new Inbox(cassandra), ids, random);
    catchUp = new JoinCatchUp(cassandra, slices, outbox, (_, users) -> told.addAll(users));
    groups = new Groups(cassandra, clock, changes, publisher, catchUp);
    log = new GroupLog(cassandra);
    memberships = new Memberships(cassandra);
    queries = new ConversationQueries(cassandra);
  }

  static Command by(UUID actor) {
    return by(actor, null);
  }

  static Command by(UUID actor, @Nullable String key) {
    return new Command(actor, key, Versions.ANY);
  }

  static NewGroup wanted(UUID... members) {
    return new NewGroup("Engines", List.of(members), 0, HistoryPolicy.SINCE_JOINING);
  }

  /** A group of Ada, its owner, with Grace and Linus. */
  UUID create() {
    return groups.create(by(ada), wanted(grace, linus)).state().id();
  }

  /** A group with these members. Those beyond the first 64 are added to it. */
  UUID create(UUID owner, List<UUID> others, HistoryPolicy history) {
    List<UUID> first = others.subList(0, Math.min(Groups.MAX_ADDED, others.size()));
    UUID group = groups.create(by(owner), new NewGroup("Engines", first, 0, history)).state().id();
    for (int i = first.size(); i < others.size(); i += Groups.MAX_ADDED) {
      groups.add(group, by(owner), others.subList(i, Math.min(others.size(), i + Groups.MAX_ADDED)),
          Role.MEMBER);
    }
    return group;
  }

  /** Lets sweeps begin at this moment, beyond which those of an earlier test may have gone. */
  void beginSweepsNow(MigratedStores stores) {
    stores.beginSweep("", clock.instant());
    stores.beginSweep("GROUPS_", clock.instant());
  }

  GroupState state(UUID group) {
    return log.readSerial(group).orElseThrow().state();
  }

  List<GroupEvent> events(UUID group) {
    return log.events().above(group, 0, true);
  }

  static List<Integer> upTo(int version) {
    return IntStream.rangeClosed(1, version).boxed().toList();
  }

  @Override
  public void close() {
    catchUp.close();
    changes.close();
    outbox.close();
    publisher.close();
  }
}
