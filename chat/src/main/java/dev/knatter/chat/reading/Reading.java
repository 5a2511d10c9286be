package dev.knatter.chat.reading;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.page.TimelineRows;
import dev.knatter.chat.page.TimelineRows.Entry;
import dev.knatter.chat.publication.ChatEvent;
import dev.knatter.chat.publication.EventReference;
import dev.knatter.chat.publication.EventType;
import dev.knatter.chat.publication.Publications;
import dev.knatter.shared.DomainError.InvalidRequest;
import dev.knatter.shared.DomainError.NotFound;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;

/** Marks up to where users have read their conversations. */
public final class Reading {
  /**
   * A client id may be a second ahead of a server's clock, and another server's clock a second ahead of this
   * one.
   */
  private static final Duration MAX_AHEAD = Duration.ofSeconds(2);
  /** How many rows above a mark are looked at for late messages. */
  private static final int MAX_ABOVE = 100;

  private final Cassandra cassandra;
  private final Clock clock;
  private final Memberships memberships;
  private final TimelineRows timeline;
  private final ReadMarks marks;
  private final Publications publications;

  /** Marks that nobody is told of. */
  public Reading(Cassandra cassandra, Clock clock, Memberships memberships, TimelineRows timeline,
      ReadMarks marks) {
    this(cassandra, clock, memberships, timeline, marks, Publications.NONE);
  }

  public Reading(Cassandra cassandra, Clock clock, Memberships memberships, TimelineRows timeline,
      ReadMarks marks, Publications publications) {
    this.cassandra = cassandra;
    this.clock = clock;
    this.memberships = memberships;
    this.timeline = timeline;
    this.marks = marks;
    this.publications = publications;
  }

  /**
   * Marks as read what is there at this moment, up to a message. If a later message is marked already, nothing
   * changes. Marking the same message again also marks the messages that have appeared before it since.
   *
   * @throws NotFound       if the reader is not in the conversation
   * @throws InvalidRequest if no message can have this id yet
   */
  public void mark(UUID reader, ReadCommand command) {
    var _ = memberships.require(command.conversation(), reader);
    cassandra.requireClockAgreement();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS); // before the first read
    if (Uuid7.millis(command.upTo()) > now.plus(MAX_AHEAD).toEpochMilli()) {
      throw new InvalidRequest("/upTo",
          "must be the id of a message, which cannot lie ahead of the server's time");
    }
    marks.put(reader, command.conversation(), mark(command.conversation(), command.upTo(), now));
    publications.tell(new ChatEvent(
        new EventReference(EventType.MESSAGES_READ, reader, command.conversation()), now, Map.of(), command));
  }

  private ReadMark mark(UUID conversation, UUID upTo, Instant now) {
    UUID settled = ReadMark.settled(now);
    UUID since = Uuid7.min(Uuid7.last(now.minus(ReadMark.WINDOW).toEpochMilli()), upTo);
    List<Entry> rows = new ArrayList<>();
    since = addBelow(rows, conversation, since, upTo, ReadMark.MAX_KNOWN);
    if (since.compareTo(settled) > 0) {
      // What still appears between these two need not have a marker, so all that is there must be known.
      since = addBelow(rows, conversation, settled, since, ReadMark.MAX_UNSETTLED);
    }
    // A message that has just appeared may be known to readers by a marker above the mark.
    rows.addAll(timeline.lastBetween(conversation, settled.compareTo(upTo) > 0 ? settled : upTo,
        Uuid7.last(now.plus(MAX_AHEAD).toEpochMilli()), MAX_ABOVE));
    return new ReadMark(upTo, now, since, known(conversation, upTo, rows));
  }

  /** Adds the last rows between two ids. Returns the id above which there are no others. */
  private UUID addBelow(List<Entry> rows, UUID conversation, UUID from, UUID to, int limit) {
    List<Entry> below = timeline.lastBetween(conversation, from, to, limit + 1);
    rows.addAll(below.subList(0, Math.min(below.size(), limit)));
    return below.size() > limit ? below.getLast().id() : from;
  }

  private Set<Long> known(UUID conversation, UUID upTo, List<Entry> rows) {
    Set<Long> known = new HashSet<>();
    Set<UUID> late = new HashSet<>();
    for (Entry row : rows) {
      if (row.refersTo() != null) {
        late.add(row.refersTo());
      } else if (row.id().compareTo(upTo) <= 0 && row.sender() != null) {
        known.add(ReadMark.part(row.id()));
      }
    }
    late.removeIf(id -> id.compareTo(upTo) > 0 || known.contains(ReadMark.part(id)));
    // A marker may be visible before its message is, because they may be in different partitions.
    timeline.find(conversation, late).keySet().forEach(id -> known.add(ReadMark.part(id)));
    return known;
  }
}
