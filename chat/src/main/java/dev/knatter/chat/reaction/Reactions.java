package dev.knatter.chat.reaction;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.Chunks;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/** The table of reactions. Each message has a partition, in which each user and emoji has a row. */
public final class Reactions {
  /** How many reactions to a message are read, and so counted. A group of 10,000 members may have more. */
  public static final int MAX_READ = 1_000;
  /** The reactions to how many messages of a page are read at a time. */
  private static final int AT_ONCE = 8;
  /** The same for all requests of a process. A message with {@value #MAX_READ} takes half a megabyte while it is read. */
  private static final ReadPermits READING = new ReadPermits(48);
  /** How long a reaction that was taken back stays. It is longer than clocks differ and requests take. */
  private static final Duration TAKEN_BACK = Duration.ofDays(1);
  /** Deletions are dated that far ahead, so that no clock of a process that reacts is later. */
  private static final Duration AHEAD = Duration.ofHours(1);

  private final Cassandra cassandra;
  private final Clock clock;
  private final Cql insert;
  private final Cql select;
  private final Cql selectOfUser;
  private final Cql deleteAll;
  private final Cql deleteOfUser;

  public Reactions(Cassandra cassandra, Clock clock) {
    this.cassandra = cassandra;
    this.clock = clock;
    String columns = "SELECT message_id, user_id, emoji, present, WRITETIME(present) AS written FROM reactions";
    String ofMessage = " WHERE conversation_id = ? AND message_id = ?";
    String delete = "DELETE FROM reactions USING TIMESTAMP ?";
    this.insert = cassandra
      .cql("INSERT INTO reactions (conversation_id, message_id, user_id, emoji, present)"
          + " VALUES (?, ?, ?, ?, ?) USING TIMESTAMP ? AND TTL ?");
    this.select = cassandra.cql(columns + ofMessage + " LIMIT " + (MAX_READ + 1));
    this.selectOfUser = cassandra.cql(columns + ofMessage + " AND user_id = ?");
    this.deleteAll = cassandra.cql(delete + ofMessage);
    this.deleteOfUser = cassandra.cql(delete + ofMessage + " AND user_id = ?");
  }

  /**
   * The statement that writes a reaction, or that it was taken back.
   *
   * @param before the row that it replaces; its timestamp may be ahead of this process's clock
   * @param ttl    the remaining time of the message, in seconds; 0 if it stays
   */
  public BatchableStatement<?> put(UUID conversation, UUID message, Reaction before, boolean present,
      int ttl) {
    int takenBack = Math.toIntExact(TAKEN_BACK.toSeconds());
    int seconds = present ? ttl : ttl == 0 ? takenBack : Math.min(ttl, takenBack);
    return insert.bind(conversation, message, before.user(), before.emoji(), present,
        Math.max(micros(clock.instant()), before.timestamp() + 1), seconds);
  }

  /** The reactions to one message. */
  public MessageReactions of(UUID conversation, UUID message, UUID reader) {
    Key key = new Key(conversation, message);
    return READING.with(1, () -> join(key, submit(key), reader));
  }

  /** Names a message. */
  public record Key(UUID conversation, UUID message) {}

  /**
   * What a reader sees of the reactions to some messages, by message. Those without any are missing. Some are read at a time, and of
   * each message no more is kept: all rows of a page together are half of a process's memory.
   */
  public Map<UUID, List<ReactionCount>> counts(Collection<Key> messages, UUID reader) {
    Map<UUID, List<ReactionCount>> found = new HashMap<>();
    for (List<Key> some : Chunks.of(messages.stream().distinct().toList(), AT_ONCE)) {
      List<List<ReactionCount>> counts = READING.with(some.size(), () -> {
        List<CompletionStage<AsyncResultSet>> reads = some.stream().map(this::submit).toList();
        return IntStream.range(0, some.size())
          .mapToObj(i -> join(some.get(i), reads.get(i), reader).counts(reader))
          .toList();
      });
      for (int i = 0; i < some.size(); i++) {
        if (!counts.get(i).isEmpty()) {
          found.put(some.get(i).message(), counts.get(i));
        }
      }
    }
    return found;
  }

  private CompletionStage<AsyncResultSet> submit(Key key) {
    return cassandra.submit(select.bind(key.conversation(), key.message()));
  }

  private MessageReactions join(Key key, CompletionStage<AsyncResultSet> read, UUID reader) {
    Set<Reaction> rows = new LinkedHashSet<>(reactions(cassandra.all(read)));
    if (rows.size() > MAX_READ) {
      rows
        .addAll(reactions(cassandra.all(selectOfUser.bind(key.conversation(), key.message(), reader))));
    }
    return new MessageReactions(List.copyOf(rows));
  }

  private static List<Reaction> reactions(List<Row> rows) {
    return rows.stream()
      .map(row -> new Reaction(Objects.requireNonNull(row.getUuid("user_id")),
          Objects.requireNonNull(row.getString("emoji")), row.getBoolean("present"), row.getLong("written")))
      .toList();
  }

  /** Deletes all reactions to messages that were deleted. */
  public void deleteAll(UUID conversation, Collection<UUID> messages) {
    cassandra
      .executeAll(messages.stream().map(message -> deleteAll.bind(ahead(), conversation, message)).toList());
  }

  /** Deletes what an erased user has reacted to some messages. */
  public void deleteOfUser(UUID user, UUID conversation, Collection<UUID> messages) {
    cassandra.executeAll(
        messages.stream().map(message -> deleteOfUser.bind(ahead(), conversation, message, user)).toList());
  }

  private long ahead() {
    return micros(clock.instant().plus(AHEAD));
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
