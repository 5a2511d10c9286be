package dev.knatter.chat.change;

import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.BiConsumer;

import dev.knatter.chat.account.Recipients;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.delivery.Sweep;
import dev.knatter.chat.delivery.SweepMeters;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.inbox.Outbox;
import dev.knatter.chat.limit.FanOutLimit;
import dev.knatter.chat.message.Deletions;
import dev.knatter.chat.message.Draft;
import dev.knatter.chat.message.FanOut;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.MessageLog;
import dev.knatter.chat.message.MessageReentry;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.message.TimelineChanges;
import dev.knatter.chat.publication.Publications;
import dev.knatter.chat.reaction.Emoji;
import dev.knatter.chat.reaction.Reactions;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import dev.knatter.shared.store.Redis;

/** The parts of one process that sends and changes messages, on real stores and on a clock of the test's. */
public final class Changer implements AutoCloseable {
  final Cassandra cassandra;
  final Uuid7 ids;
  final Slices slices;
  final Outbox outbox;
  final MessageLog log;
  final MessageReentry reentry;
  final Reactions reactions;
  final Editing editing;
  final Deleting deleting;
  final Reacting reacting;
  final Sweep sweep;
  private final Cql register;

  public Changer(Cassandra cassandra, Redis redis, Clock clock, long seed, Moderators moderators,
      Publications publications, BiConsumer<UUID, List<UUID>> onChange) {
    Random random = new Random(seed);
    this.cassandra = cassandra;
    ids = new Uuid7(clock, random);
    slices = new Slices(cassandra, clock);
    outbox = new Outbox(cassandra, new Inbox(cassandra), ids, random);
    log = new MessageLog(cassandra, clock, random, slices, outbox);
    reentry = new MessageReentry(cassandra, slices, outbox);
    Memberships memberships = new Memberships(cassandra);
    reactions = new Reactions(cassandra, clock);
    TimelineChanges timeline = new TimelineChanges(cassandra, slices,
        new Deletions(cassandra, slices, reactions));
    ChangeLog changes = new ChangeLog(memberships, timeline, outbox, reentry, FanOut.LEFT_TO_SWEEP,
        publications, onChange);
    MessageAccess access = new MessageAccess(memberships, new FanOutLimit(redis),
        new Recipients(cassandra));
    editing = new Editing(clock, access, changes);
    deleting = new Deleting(clock, access, moderators, changes);
    reacting = new Reacting(access, timeline, reactions, outbox, reentry, Publications.NONE, onChange);
    register = cassandra.cql("UPDATE users USING TIMESTAMP 1 SET username = ? WHERE user_id = ?");
    sweep = new Sweep(cassandra, clock, slices, outbox, (_, _) -> {}, new SweepMeters());
  }

  Changer(Cassandra cassandra, Redis redis, Clock clock) {
    this(cassandra, redis, clock, System.nanoTime(), (_, _) -> false, Publications.NONE, (_, _) -> {});
  }

  Message send(Conversation conversation, UUID sender, String content) {
    register(conversation);
    return log.append(new Draft(conversation, sender, content, "text/plain", null, null), ids.mint())
      .message();
  }

  /** Lets the members of a direct conversation exist. What the test itself writes or deletes of them stays so. */
  void register(Conversation conversation) {
    if (!Conversation.isGroup(conversation.id())) {
      conversation.members().forEach(user -> cassandra.execute(register.bind(user.toString(), user)));
    }
  }

  public Message edit(UUID caller, Message message, String content) {
    return editing.edit(caller, new EditCommand(name(message), content, null, null), false);
  }

  public Message delete(UUID caller, Message message) {
    return deleting.delete(caller, name(message));
  }

  void react(UUID caller, Message message, String emoji) {
    reacting.react(caller, new ReactCommand(name(message), new Emoji(emoji), false), false);
  }

  void takeBack(UUID caller, Message message, String emoji) {
    reacting.react(caller, new ReactCommand(name(message), new Emoji(emoji), true), false);
  }

  /** The message as every reader finds it. */
  public Message find(Message message) {
    return reentry.findDecided(message.conversationId(), message.id()).orElseThrow();
  }

  static MessageName name(Message message) {
    return new MessageName(message.conversationId(), message.id());
  }

  @Override
  public void close() {
    outbox.close();
  }
}
