package dev.knatter.chat.message;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import dev.knatter.chat.conversation.Audience;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.delivery.Sweep;
import dev.knatter.chat.delivery.SweepMeters;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.inbox.Outbox;
import dev.knatter.chat.inbox.WriteAttempt;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import org.jspecify.annotations.Nullable;

/** The parts of one process that writes messages, on real stores and on a clock of the test's. */
public final class Pod implements AutoCloseable {
  public final Cassandra cassandra;
  public final Clock clock;
  public final Uuid7 ids;
  public final Slices slices;
  public final Outbox outbox;
  public final MessageLog log;
  public final Sweep sweep;
  public final IdempotencyKeys keys;
  private final MessageReentry reentry;
  private final Timeline timeline;

  public Pod(Cassandra cassandra, Clock clock, long seed) {
    Random random = new Random(seed);
    this.cassandra = cassandra;
    this.clock = clock;
    ids = new Uuid7(clock, random);
    slices = new Slices(cassandra, clock);
    outbox = new Outbox(cassandra, new Inbox(cassandra), ids, random);
    log = new MessageLog(cassandra, clock, random, slices, outbox);
    sweep = new Sweep(cassandra, clock, slices, outbox, (_, _) -> {}, new SweepMeters());
    keys = new IdempotencyKeys(cassandra, log, ids);
    reentry = new MessageReentry(cassandra, slices, outbox);
    timeline = new Timeline(cassandra, slices);
  }

  /** The rows that it would write in one batch, for a test that lets each of them land at a moment of its own. */
  public List<BatchableStatement<?>> rows(Message message, Audience audience) {
    return rows(message, audience, null);
  }

  /** The same in a conversation that does not keep its messages for ever. */
  List<BatchableStatement<?>> rows(Message message, Audience audience, @Nullable Duration retention) {
    try (WriteAttempt attempt = outbox.open()) {
      return log.rows(attempt, message, audience, TimeToLive.of(message.id(), retention, clock.instant()),
          slices.of(audience.id(), message.id()));
    }
  }

  /** The same for the members whom the batch of a large group has left out. */
  public List<BatchableStatement<?>> rowsOfChunk(Message message, List<UUID> members) {
    try (WriteAttempt attempt = outbox.open()) {
      return outbox.rows(attempt, message.conversationId(), members, message.id(), 0);
    }
  }

  /** The same for a message that its sweep enters again. */
  public List<BatchableStatement<?>> rowsOfReentry(Message message, Conversation conversation) {
    try (WriteAttempt attempt = outbox.open()) {
      return reentry.rows(attempt, message, Audience.of(conversation));
    }
  }

  /** What a draft is once it is stored under a client id. */
  public static Message message(Draft draft, UUID clientId) {
    return draft.toMessage(draft.messageId(clientId));
  }

  /** The message of an id, once it has landed. */
  public Optional<Message> find(UUID conversation, UUID id) {
    return reentry.find(conversation, id);
  }

  /** Those of some messages that have landed. */
  public Set<UUID> stored(UUID conversation, Set<UUID> ids) {
    return new HashSet<>(timeline.findAll(conversation, ids).keySet());
  }

  /** Takes a message away. */
  public void forget(UUID conversation, UUID id) {
    timeline.voidId(conversation, id);
  }

  @Override
  public void close() {
    outbox.close();
  }
}
