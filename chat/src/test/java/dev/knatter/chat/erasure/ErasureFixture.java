package dev.knatter.chat.erasure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.account.Account;
import dev.knatter.chat.account.ErasedNames;
import dev.knatter.chat.account.NewAccount;
import dev.knatter.chat.account.Passwords;
import dev.knatter.chat.account.Registration;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.group.GroupDepartures;
import dev.knatter.chat.group.Groups;
import dev.knatter.chat.group.JoinCatchUp;
import dev.knatter.chat.group.PendingChanges;
import dev.knatter.chat.inbox.Change;
import dev.knatter.chat.inbox.ChangeKind;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.inbox.Outbox;
import dev.knatter.chat.inbox.WriteAttempt;
import dev.knatter.chat.message.Deletions;
import dev.knatter.chat.message.Draft;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.MessageLog;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.message.Timeline;
import dev.knatter.chat.message.TimelineChanges;
import dev.knatter.chat.publication.Publications;
import dev.knatter.chat.reaction.Reaction;
import dev.knatter.chat.reaction.Reactions;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Redis;
import dev.knatter.shared.token.Identity;
import dev.knatter.testing.MovableClock;
import org.jspecify.annotations.Nullable;

/** People who talk with each other, and one process of all that erases them, on a clock of the test's. */
final class ErasureFixture implements AutoCloseable {
  static final String PASSWORD = "a secret of mine";
  static final Duration ENOUGH = Duration.ofMinutes(1);

  final MovableClock clock = new MovableClock(Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS));
  final Cassandra cassandra;
  final Redis redis;
  final ErasedNames erasedNames;
  final Registration registration;
  final Erasures erasures;
  final ErasureSweep sweep;
  final Groups groups;
  private final Random random = new Random();
  private final Slices slices;
  private final Reactions reactions;
  private final Timeline timeline;
  private final MessageLog messages;
  private final Outbox outbox;
  private final PendingChanges changes;
  private final Uuid7 ids;

  ErasureFixture(MigratedStores stores) {
    cassandra = stores.cassandra();
    redis = stores.redis();
    ids = new Uuid7(clock);
    Passwords passwords = new Passwords(2);
    erasedNames = new NameKey().names(cassandra);
    registration = new Registration(cassandra, clock, ids, passwords, erasedNames);
    slices = new Slices(cassandra, clock);
    reactions = new Reactions(cassandra, clock);
    Inbox inbox = new Inbox(cassandra);
    timeline = new Timeline(cassandra, slices);
    outbox = new Outbox(cassandra, inbox, ids, random);
    messages = new MessageLog(cassandra, clock, random, slices, outbox);
    erasures = new Erasures(cassandra, redis, clock, passwords, erasedNames);
    JoinCatchUp catchUp = new JoinCatchUp(cassandra, slices, outbox, (_, _) -> {});
    changes = new PendingChanges(cassandra, ids, random);
    sweep = new ErasureSweep(cassandra, redis, clock, slices, inbox,
        new GroupDepartures(cassandra, clock, changes, Publications.NONE, catchUp));
    groups = new Groups(cassandra, clock, changes, Publications.NONE, catchUp);
  }

  Identity register(String name, @Nullable String phoneNumber, @Nullable String displayName) {
    String unique = name + "-" + Long.toHexString(random.nextLong());
    Account account = registration
      .register(NewAccount.checked(unique, PASSWORD, phoneNumber, displayName));
    return new Identity(account.userId(), account.username().value(), ids.mint());
  }

  Message say(Identity from, Identity to, String content) {
    return say(from, to, content, clock.instant());
  }

  /** The same by somebody who began then, and is ready only now. */
  Message say(Identity from, Identity to, String content, Instant then) {
    Draft draft = new Draft(Conversation.direct(from.userId(), to.userId()), from.userId(), content,
        "text/plain; name=letter", ids.mint(), "key-of-somebody");
    return messages
      .append(draft, Uuid7.of(then.toEpochMilli(), random.nextLong(), random.nextLong()))
      .message();
  }

  /** A message of a member of a group. */
  Message sayIn(UUID group, Identity from, String content) {
    Memberships memberships = new Memberships(cassandra);
    Draft draft = new Draft(memberships.audience(memberships.require(group, from.userId())), from.userId(),
        content,
        "text/plain", null, null);
    return messages.append(draft, ids.mint()).message();
  }

  /** Enters a message in an inbox once more, as a repeated send and the sweep of the outbox do. */
  void enterAnew(Identity owner, Message message) {
    UUID position = ids.mint();
    cassandra.execute(cassandra
      .cql("INSERT INTO inbox (user_id, month, position, conversation_id, id) VALUES (?, ?, ?, ?, ?)")
      .bind(owner.userId(), Inbox.month(Uuid7.millis(position)), position, message.conversationId(),
          message.id()));
  }

  /** Stores a reaction, as the function does. */
  void react(Identity who, Message message, String emoji) {
    UUID conversation = message.conversationId();
    try (WriteAttempt attempt = outbox.open()) {
      List<BatchableStatement<?>> rows = new ArrayList<>(outbox.rows(attempt, conversation,
          List.of(who.userId()), message.id(), 0, new Change(ChangeKind.REACTED, message.version())));
      rows
        .add(reactions.put(conversation, message.id(), new Reaction(who.userId(), emoji, false, 0), true, 0));
      TimelineChanges changes = new TimelineChanges(cassandra, slices,
          new Deletions(cassandra, slices, reactions));
      rows.add(changes.markReacted(changes.find(conversation, message.id()).orElseThrow()));
      outbox.commit(attempt, rows);
    }
  }

  /** Who has reacted to a message. */
  Set<UUID> reacted(Message message) {
    return reactions.of(message.conversationId(), message.id(), message.sender())
      .rows()
      .stream()
      .map(Reaction::user)
      .collect(Collectors.toSet());
  }

  UUID mint() {
    return ids.mint();
  }

  /** What others find under the id; null where there is nothing. */
  @Nullable
  Message find(Message sent) {
    return timeline.findAll(sent.conversationId(), List.of(sent.id())).get(sent.id());
  }

  /** Lets the time pass that a pass waits for, and all passes that are due then do their work. */
  int sweepAfter(Duration passed) {
    clock.advance(passed);
    return sweep.run(ENOUGH, /* swept= */ true);
  }

  ErasureReport report(UUID erasure) {
    return erasures.report(erasure).orElseThrow();
  }

  /** Deletes what is settled, as a process does seconds later. */
  void settle() {
    outbox.close();
  }

  @Override
  public void close() {
    outbox.close();
  }
}
