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
import dev.knatter.chat.publication.Publication;
import dev.knatter.chat.publication.Publications;
import dev.knatter.shared.DomainError;
import dev.knatter.shared.DomainError.StaleClientId;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;

/**
 * Stores messages. A send is idempotent by construction: the message id follows from the client id and the body, so
 * every attempt writes the same row, on any pod, concurrently or after a crash. One logged batch commits a message. A
 * message is returned only after the store has acknowledged its batch.
 */
public final class MessageLog {
  private final Cassandra cassandra;
  private final Clock clock;
  private final RandomGenerator random;
  private final Slices slices;
  private final Timeline timeline;
  private final OldIdDecisions decisions;
  private final ConversationIndex index;
  private final LateMessageMarkers markers;
  private final SliceShortening shortening;
  private final Outbox outbox;
  private final Publications publications;

  /** A log that publishes nothing. */
  public MessageLog(Cassandra cassandra, Clock clock, RandomGenerator random, Slices slices, Outbox outbox) {
    this(cassandra, clock, random, slices, outbox, Publications.NONE);
  }

  public MessageLog(Cassandra cassandra, Clock clock, RandomGenerator random, Slices slices, Outbox outbox,
      Publications publications) {
    this.cassandra = cassandra;
    this.clock = clock;
    this.random = random;
    this.slices = slices;
    this.timeline = new Timeline(cassandra, slices);
    this.decisions = new OldIdDecisions(cassandra);
    this.index = new ConversationIndex(cassandra);
    this.markers = new LateMessageMarkers(timeline, slices, index);
    this.shortening = new SliceShortening(cassandra, slices, clock);
    this.outbox = outbox;
    this.publications = publications;
  }

  /**
   * Stores a message under a client id, or finds it stored. In both cases a batch enters it in the inboxes before
   * this returns, because an earlier attempt may have ended half way.
   *
   * @param clientId a UUIDv7 that the client, or the server on its behalf, minted
   * @throws Unavailable if an earlier attempt may still be writing, the outcome is not known, or the id is from the
   *     future; the same client id may be sent again
   * @throws StaleClientId if the id is too far from the present and no message is stored under it
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

  /** The stored message of an id that is not fresh. */
  private Message stored(UUID conversation, UUID id, Duration age) {
    Optional<Message> found = timeline.find(conversation, id);
    if (age.compareTo(IdAge.READ_BACK_AFTER) > 0 && (found.isPresent() || IdAge.of(age) == IdAge.STALE)) {
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
    return by.compareTo(IdAge.VOID_AFTER) > 0
        ? StaleClientId.ahead(now)
        : new Unavailable("This client id lies ahead of the server's time: set the clock by serverTime."
            + " The id itself is good for another attempt once its time has come.", atLeastASecond(by))
          .with("serverTime", now);
  }

  /** The message, if it is stored for good. Otherwise its id is void from now on. */
  private Optional<Message> decide(UUID conversation, UUID id, Optional<Message> found) {
    cassandra.requireClockAgreement(); // a wrong clock must not make an id void
    if (!decisions.decide(conversation, id, found.isPresent())) {
      timeline.voidId(conversation, id);
      return Optional.empty();
    }
    return found.or(() -> timeline.find(conversation, id)).or(() -> {
      throw new Unavailable("The message is stored, and the store does not find it yet.");
    });
  }

  /** Whether a client id's time is in the future. */
  boolean isAhead(UUID clientId) {
    return IdAge.of(age(clientId)) == IdAge.AHEAD;
  }

  /** The message of a client id, if it is stored. While the id is young, a missing message may still appear. */
  Optional<Message> find(Draft draft, UUID clientId) {
    return timeline.find(draft.conversation().id(), draft.messageId(clientId));
  }

  private Message write(Message message, Draft draft) {
    long slice;
    do {
      slice = slices.of(message.conversationId(), message.id());
      commit(message, draft, slice);
      // If this process was suspended meanwhile, the slice that it wrote to may not be the right one any more.
    } while (slices.of(message.conversationId(), message.id()) != slice);
    return message;
  }

  private void commit(Message message, Draft draft, long slice) {
    boolean sample = SliceShortening.isSample(message, random);
    try (Publication publication = publications.open(MessageEvents.sent(message))) {
      try (WriteAttempt attempt = outbox.open()) {
        List<BatchableStatement<?>> rows = rows(attempt, message, draft.conversation(), slice);
        rows.addAll(publication.rows());
        if (sample) {
          rows.add(shortening.insertSample(message, slice));
        }
        outbox.commit(attempt, rows);
      }
      if (age(message.id()).compareTo(IdAge.READ_BACK_AFTER) > 0 && !isStoredForGood(message)) {
        throw StaleClientId.past(clock.instant()); // another attempt has made the id void meanwhile
      }
      publication.happened(MessageEvents.data(message));
    }
    index.markStored(message.conversationId(), slice);
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
    if (!index.isStored(conversation.id(), slice)) {
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
    return atLeastASecond(IdAge.VOID_AFTER.plusSeconds(1).minus(age));
  }

  private static Duration atLeastASecond(Duration duration) {
    return duration.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : duration;
  }
}
