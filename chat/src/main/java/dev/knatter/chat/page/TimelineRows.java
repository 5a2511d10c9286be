package dev.knatter.chat.page;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.message.Timeline;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import org.jspecify.annotations.Nullable;

/** Reads who has sent the messages of a conversation, without their content, and its newest message. */
public final class TimelineRows {
  /** How many rows are read for the newest message at first, and how many more if all of them are markers. */
  private static final int FIRST = 3;
  private static final int FURTHER = 100;

  private final TimelineStatements cql;
  private final Slices slices;
  private final Timeline timeline;

  /**
   * A row of a timeline: a message, or a marker.
   *
   * @param sender   of the message; null in a marker
   * @param refersTo the id of the late message for which a marker stands; null in a message
   */
  public record Entry(UUID id, @Nullable UUID sender, boolean deleted, @Nullable UUID refersTo) {
    static Entry of(Row row) {
      return new Entry(Objects.requireNonNull(row.getUuid("id")), row.getUuid("sender"),
          !row.isNull("deleted_at"), row.getUuid("refers_to"));
    }

    static Entry of(Message message) {
      return new Entry(message.id(), message.sender(), message.isDeleted(), null);
    }
  }

  public TimelineRows(Cassandra cassandra, Slices slices) {
    this.cql = new TimelineStatements(cassandra);
    this.slices = slices;
    this.timeline = new Timeline(cassandra, slices);
  }

  /** The first rows above an id, in ascending order. If they are fewer than limit, there are no more. */
  public List<Entry> above(UUID conversation, UUID from, int limit) {
    return entries(walk(conversation).above(from, limit, cql::senders));
  }

  /** The last rows between two ids that are at most some hours apart, the upper included, in descending order. */
  public List<Entry> lastBetween(UUID conversation, UUID from, UUID to, int limit) {
    return from.compareTo(to) >= 0
        ? List.of()
        : entries(walk(conversation).lastBetween(from, to, limit, cql::lastSenders));
  }

  /** The messages that exist among these ids. */
  public Map<UUID, Entry> find(UUID conversation, Collection<UUID> ids) {
    Map<UUID, Entry> found = new HashMap<>();
    if (!ids.isEmpty()) {
      timeline.findAll(conversation, ids).forEach((id, message) -> found.put(id, Entry.of(message)));
    }
    return found;
  }

  /**
   * The newest message of a conversation, also if it was deleted.
   *
   * @param oldest the smallest id of a message that the reader may see and that may be there; null if there is no limit
   */
  public Optional<Message> newest(UUID conversation, @Nullable UUID oldest, Instant now) {
    UUID from = oldest == null ? CursorPosition.BEGINNING.at() : Uuid7.before(oldest);
    UUID to = Uuid7.last(now.plus(Pages.MAX_AHEAD).toEpochMilli());
    int limit = FIRST;
    while (true) {
      List<Row> rows = walk(conversation).upTo(from, to, limit, cql::descending);
      for (Row row : rows) {
        Message message = Message.of(row);
        if (message != null) {
          return Optional.of(message);
        }
        to = Uuid7.before(Objects.requireNonNull(row.getUuid("id")));
      }
      if (rows.size() < limit) {
        return Optional.empty();
      }
      limit = FURTHER;
    }
  }

  private SliceWalk walk(UUID conversation) {
    return new SliceWalk(cql, slices, conversation);
  }

  private static List<Entry> entries(List<Row> rows) {
    return rows.stream().map(Entry::of).toList();
  }
}
