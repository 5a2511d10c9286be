package dev.knatter.chat.message;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.inbox.Outbox;
import dev.knatter.chat.inbox.WriteAttempt;
import dev.knatter.shared.DomainError;
import dev.knatter.shared.DomainError.StaleClientId;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;

/**
 * Appends messages. Idempotent by construction: the id follows from the client id and the body, so every attempt at
 * a message, on any pod, at once or after a crash, writes the same row. The commit point is one logged batch; a
 * message is returned only after it was acknowledged.
 */
public final class MessageLog {
  private final Cassandra cassandra;
  private final Clock clock;
  private final RandomGenerator random;
  private final Slices slices;
  private final Timeline timeline;
  private final OldIdDecisions fates;
  private final ConversationIndex index;
  private final LateMessageMarkers markers;
  private final SliceShortening shortening;
  private final Outbox outbox;

  public MessageLog(Cassandra cassandra, Clock clock, RandomGenerator random, Slices slices, Outbox outbox) {
    this.cassandra = cassandra;
    this.clock = clock;
    this.random = random;
    this.slices = slices;
    this.timeline = new Timeline(cassandra, slices);
    this.fates = new OldIdDecisions(cassandra);
    this.index = new ConversationIndex(cassandra);
    this.markers = new LateMessageMarkers(timeline, slices, index);
    this.shortening = new SliceShortening(cassandra, slices, clock);
    this.outbox = outbox;
  }

  /**
   * Stores a message under a client id, or finds it stored. Whichever it is, a batch enters it in the inboxes before this
   * returns: an attempt that stored it may have ended half way.
   *
   * @param clientId a UUIDv7, minted by the client or for it
   * @throws Unavailable where an earlier attempt may still be landing, the outcome is not known, or the id lies ahead: the
   *     same client id may be tried again
   * @throws StaleClientId where the id is too far from the present and stands for no message
   */
  public SendResult append(Draft draft, UUID clientId) {
    UUID id = draft.messageId(clientId);
    Duration age = age(id);
    if (IdAge.of(age) == IdAge.FRESH) {
      return new SendResult(write(draft.toMessage(id), draft), false);
    }
    Message stored = stored(draft.conversation().id(), id, age);
    Message _ = write(draft.toMessage(id), draft);
    return new SendResult(stored, true);
  }

  /** The message of an id that is not fresh. */
  private Message stored(UUID conversation, UUID id, Duration age) {
    Optional<Message> found = timeline.find(conversation, id);
    if (age.compareTo(IdAge.READ_BACK) > 0 && (found.isPresent() || IdAge.of(age) == IdAge.STALE)) {
      found = decide(conversation, id, found);
    }
    return found.orElseThrow(() -> switch (IdAge.of(age)) {
      case AHEAD -> ahead(age.negated());
      case FRESH, LANDING -> new Unavailable("An earlier attempt may still be landing.", untilDecided(age));
      case STALE -> StaleClientId.past(clock.instant());
    });
  }

  private DomainError ahead(Duration by) {
    Instant now = clock.instant();
    return by.compareTo(IdAge.DECIDED) > 0
        ? StaleClientId.ahead(now)
        : new Unavailable("This client id lies ahead of the server's time: set the clock by serverTime."
            + " The id itself is good for another attempt once its time has come.", atLeastASecond(by))
          .with("serverTime", now);
  }

  /** The message, if it is stored for good; else its id is void from now on. */
  private Optional<Message> decide(UUID conversation, UUID id, Optional<Message> found) {
    cassandra.requireClockAgreement(); // nothing is made void by a clock that is wrong
    if (!fates.decide(conversation, id, found.isPresent())) {
      timeline.voidId(conversation, id);
      return Optional.empty();
    }
    return found.or(() -> timeline.find(conversation, id)).or(() -> {
      throw new Unavailable("The message is stored, and the store does not find it yet.");
    });
  }

  /** Whether a client id's time is yet to come. */
  boolean isAhead(UUID clientId) {
    return IdAge.of(age(clientId)) == IdAge.AHEAD;
  }

  /** The message of a client id, where it is stored; absent it can still land while the id is young. */
  Optional<Message> find(Draft draft, UUID clientId) {
    return timeline.find(draft.conversation().id(), draft.messageId(clientId));
  }

  private Message write(Message message, Draft draft) {
    long slice;
    do {
      slice = slices.of(message.conversationId(), message.id());
      commit(message, draft, slice);
      // A process that was stopped meanwhile may have written to a slice that is no longer the right one.
    } while (slices.of(message.conversationId(), message.id()) != slice);
    return message;
  }

  private void commit(Message message, Draft draft, long slice) {
    boolean sample = SliceShortening.samples(message, random);
    try (WriteAttempt attempt = outbox.open()) {
      List<BatchableStatement<?>> rows = rows(attempt, message, draft.conversation(), slice);
      if (sample) {
        rows.add(shortening.note(message, slice));
      }
      outbox.commit(attempt, rows);
    }
    if (age(message.id()).compareTo(IdAge.READ_BACK) > 0 && !isStoredForGood(message)) {
      throw StaleClientId.past(clock.instant()); // made void while this attempt was under way
    }
    index.learn(message.conversationId(), slice);
    if (sample) {
      shortening.check(message, slice);
    }
  }

  /** What one attempt writes: the message, and the rows that lead readers to it. */
  List<BatchableStatement<?>> rows(WriteAttempt attempt, Message message, Conversation conversation,
      long slice) {
    List<BatchableStatement<?>> rows = new ArrayList<>(
        outbox.rows(attempt, conversation.id(), conversation.members(), message.id()));
    rows.add(timeline.insert(message, slice));
    if (!index.knows(conversation.id(), slice)) {
      rows.add(index.insert(conversation, slice));
    }
    rows.addAll(markers.rows(attempt, message));
    return rows;
  }

  private boolean isStoredForGood(Message message) {
    UUID conversation = message.conversationId();
    return decide(conversation, message.id(), timeline.find(conversation, message.id())).isPresent();
  }

  private Duration age(UUID id) {
    return Duration.ofMillis(clock.millis() - Uuid7.millis(id));
  }

  private static Duration untilDecided(Duration age) {
    return atLeastASecond(IdAge.DECIDED.plusSeconds(1).minus(age));
  }

  private static Duration atLeastASecond(Duration left) {
    return left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
  }
}
