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
import dev.knatter.chat.conversation.Audience;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.PastRetentions;
import dev.knatter.chat.inbox.Outbox;
import dev.knatter.chat.inbox.WriteAttempt;
import dev.knatter.chat.publication.Publication;
import dev.knatter.chat.publication.Publications;
import dev.knatter.shared.DomainError;
import dev.knatter.shared.DomainError.Expired;
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
  private final PastRetentions retentions;
  private final ConversationIndex index;
  private final LateMessageMarkers markers;
  private final SliceShortening shortening;
  private final Outbox outbox;
  private final Publications publications;
  private final FanOut fanOut;

  /** The same, which publishes nothing. */
  public MessageLog(Cassandra cassandra, Clock clock, RandomGenerator random, Slices slices, Outbox outbox) {
    this(cassandra, clock, random, slices, outbox, Publications.NONE);
  }

  /** A log that leaves large groups to the sweep. */
  public MessageLog(Cassandra cassandra, Clock clock, RandomGenerator random, Slices slices, Outbox outbox,
      Publications publications) {
    this(cassandra, clock, random, slices, outbox, publications, FanOut.LEFT_TO_SWEEP);
  }

  public MessageLog(Cassandra cassandra, Clock clock, RandomGenerator random, Slices slices, Outbox outbox,
      Publications publications, FanOut fanOut) {
    this.cassandra = cassandra;
    this.clock = clock;
    this.random = random;
    this.slices = slices;
    this.timeline = new Timeline(cassandra, slices);
    this.decisions = new OldIdDecisions(cassandra);
    this.retentions = new PastRetentions(cassandra);
    this.index = new ConversationIndex(cassandra);
    this.markers = new LateMessageMarkers(timeline, slices, index);
    this.shortening = new SliceShortening(cassandra, slices, clock);
    this.outbox = outbox;
    this.publications = publications;
    this.fanOut = fanOut;
  }

  /**
   * Stores a message under a client id, or finds it stored. In both cases a batch enters it in the inboxes before
   * this returns, because an earlier attempt may have ended half way.
   *
   * @param clientId a UUIDv7 that the client, or the server on its behalf, minted
   * @throws Unavailable if an earlier attempt may still be writing, the outcome is not known, or the id is from the
   *     future; the same client id may be sent again
   * @throws StaleClientId if the id is too far from the present and no message is stored under it
   * @throws Expired if the id is older than messages of the conversation live; its message may have been stored
   */
  public SendResult append(Draft draft, UUID clientId) {
    return append(draft, clientId, /* repeated= */ false);
  }

  /**
   * The same.
   *
   * @param repeated whether an earlier attempt is known. Somebody may have changed its message meanwhile, so it is read
   */
  SendResult append(Draft draft, UUID clientId, boolean repeated) {
    UUID id = draft.messageId(clientId);
    Duration age = age(id);
    if (IdAge.of(age) == IdAge.FRESH) {
      TimeToLive whole = TimeToLive.of(id, draft.retention(), clock.instant());
      return new SendResult(write(draft.toMessage(id), draft, whole, repeated), false);
    }
    Message stored = stored(draft, id, age);
    // It keeps its life, also if the retention is another by now.
    TimeToLive left = timeline.timeToLive(stored).shortened();
    return new SendResult(write(draft.toMessage(id), draft, left, /* repeated= */ true), true);
  }

  /** The stored message of an id that is not fresh. */
  private Message stored(Draft draft, UUID id, Duration age) {
    UUID conversation = draft.audience().id();
    Optional<Message> found = timeline.find(conversation, id);
    if (found.isEmpty() && IdAge.of(age) == IdAge.STALE && mayHaveExpired(draft, age)) {
      throw new Expired(); // and not stale: under a new id, a message that has lived would come back
    }
    if (age.compareTo(IdAge.READ_BACK_AFTER) > 0 && (found.isPresent() || IdAge.of(age) == IdAge.STALE)) {
      found = decide(conversation, id, found);
    }
    return found.orElseThrow(() -> switch (IdAge.of(age)) {
      case AHEAD -> ahead(age.negated());
      case FRESH, LANDING -> new Unavailable("An earlier attempt may still be landing.", untilDecided(age));
      case STALE -> StaleClientId.past(clock.instant());
    });
  }

  private boolean mayHaveExpired(Draft draft, Duration age) {
    Duration retention = draft.retention();
    return (retention != null && age.compareTo(retention) >= 0)
        || retentions.mayHaveExpired(draft.audience().id(), age);
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

  /** Returns the message as it is; a repeated one may have been changed. */
  private Message write(Message message, Draft draft, TimeToLive timeToLive, boolean repeated) {
    long slice;
    Message present;
    do {
      slice = slices.of(message.conversationId(), message.id());
      present = commit(message, draft.audience(), timeToLive, slice, repeated);
      // If this process was suspended meanwhile, the slice that it wrote to may not be the right one any more.
    } while (slices.of(message.conversationId(), message.id()) != slice);
    return present;
  }

  private Message commit(Message message, Audience audience, TimeToLive timeToLive, long slice,
      boolean repeated) {
    Message present;
    boolean sample = SliceShortening.isSample(message, random);
    try (Publication publication = publications.open(MessageEvents.sent(message))) {
      try (WriteAttempt attempt = outbox.open()) {
        List<BatchableStatement<?>> rows = rows(attempt, message, audience, timeToLive, slice);
        rows.addAll(publication.rows());
        if (sample) {
          rows.add(shortening.insertSample(message, slice));
        }
        outbox.commit(attempt, rows);
        if (age(message.id()).compareTo(IdAge.READ_BACK_AFTER) > 0 && !isStoredForGood(message)) {
          throw StaleClientId.past(clock.instant()); // another attempt has made the id void meanwhile
        }
        reachOthers(message, audience, attempt);
      }
      present = repeated ? timeline.find(message.conversationId(), message.id()).orElse(message) : message;
      if (repeated) { // it may be changed at this moment, too: whoever needs its state reads it
        publication.happened(MessageEvents.data(present));
      } else {
        publication.happened(MessageEvents.data(present), present);
      }
    }
    index.markStored(message.conversationId(), slice);
    if (sample) {
      shortening.check(message, slice);
    }
    return present;
  }

  private void reachOthers(Message message, Audience audience, WriteAttempt attempt) {
    if (audience.isLarge()) {
      fanOut.start(message, null, audience, attempt.handOver());
    } else if (audience.isOutdated()) {
      attempt.keepRow(); // for those who have become members meanwhile
    }
  }

  /** What one attempt writes: the message, and the rows that lead readers to it. */
  List<BatchableStatement<?>> rows(WriteAttempt attempt, Message message, Audience audience,
      TimeToLive timeToLive, long slice) {
    Conversation conversation = audience.conversation();
    List<BatchableStatement<?>> rows = new ArrayList<>(
        outbox.rows(attempt, audience, message.id(), timeToLive.ofReferences(), null));
    rows.add(timeline.insert(message, slice, timeToLive));
    if (!index.isStored(conversation.id(), slice)) {
      rows.add(index.insert(conversation, slice));
    }
    rows.addAll(markers.rows(attempt, message, timeToLive));
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
