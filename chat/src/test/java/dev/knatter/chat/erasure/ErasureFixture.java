package dev.knatter.chat.erasure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.account.Account;
import dev.knatter.chat.account.ErasedNames;
import dev.knatter.chat.account.NewAccount;
import dev.knatter.chat.account.Passwords;
import dev.knatter.chat.account.Registration;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.inbox.Outbox;
import dev.knatter.chat.message.Draft;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.MessageLog;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.message.Timeline;
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
  private final Random random = new Random();
  private final Timeline timeline;
  private final MessageLog messages;
  private final Outbox outbox;
  private final Uuid7 ids;

  ErasureFixture(MigratedStores stores) {
    cassandra = stores.cassandra();
    redis = stores.redis();
    ids = new Uuid7(clock);
    Passwords passwords = new Passwords(2);
    erasedNames = new NameKey().names(cassandra);
    registration = new Registration(cassandra, clock, ids, passwords, erasedNames);
    Slices slices = new Slices(cassandra, clock);
    Inbox inbox = new Inbox(cassandra);
    timeline = new Timeline(cassandra, slices);
    outbox = new Outbox(cassandra, inbox, ids, random);
    messages = new MessageLog(cassandra, clock, random, slices, outbox);
    erasures = new Erasures(cassandra, redis, clock, passwords, erasedNames);
    sweep = new ErasureSweep(cassandra, redis, clock, slices, inbox);
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

  /** Enters a message in an inbox once more, as a repeated send and the sweep of the outbox do. */
  void enterAnew(Identity owner, Message message) {
    UUID position = ids.mint();
    cassandra.execute(cassandra
      .cql("INSERT INTO inbox (user_id, month, position, conversation_id, id) VALUES (?, ?, ?, ?, ?)")
      .bind(owner.userId(), Inbox.month(Uuid7.millis(position)), position, message.conversationId(),
          message.id()));
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
