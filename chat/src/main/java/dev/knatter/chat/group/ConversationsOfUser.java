package dev.knatter.chat.group;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import dev.knatter.shared.store.ParallelReads;
import org.jspecify.annotations.Nullable;

/** The table of each user's conversations. It is read whole for a list, because it is not stored by activity. */
public final class ConversationsOfUser {
  /** How many conversations a list has at most: those with the newest activity. */
  public static final int MAX_LISTED = 1_000;
  /** In how many groups somebody may be. Additions at the same moment may exceed it by a few. */
  public static final int MAX_GROUPS = 1_000;
  /**
   * How many rows of groups somebody may have, with those that they have left and that have not gone yet. So many rows of direct
   * conversations are read for what may miss some.
   */
  private static final int MAX_ROWS = 10_000;
  /**
   * How long the row of a group stays after its user has left. As it is longer than the table's gc_grace, what has expired is no
   * tombstone for those who read the rows: a deletion would be one for ten days.
   */
  static final int LEFT_SECONDS = Math.toIntExact(Duration.ofDays(11).toSeconds());
  /** After the ids of all groups in the store's order, which is by version first. */
  private static final UUID AFTER_GROUPS = new UUID(0x5000, 0);
  private static final int AT_ONCE = 16;
  /** For so long after somebody has left, messages of those who do not know it may still be entered. */
  private static final Duration STALE = Duration.ofSeconds(30);

  private final Cassandra cassandra;
  private final Cql select;
  private final Cql selectOne;
  private final Cql selectEntriesOfGroups;
  private final Cql selectGroups;
  private final Cql selectSomeGroups;
  private final Cql selectSomeDirect;
  private final Cql setMuted;
  private final Cql leave;
  private final Cql quieten;
  private final Cql delete;

  /**
   * A conversation of a user.
   *
   * @param position by which the list is sorted: a UUIDv7 with the time of the newest message, or of the joining
   * @param activity the newest message; null if none is known
   */
  record Entry(UUID conversation, UUID position, @Nullable UUID activity, boolean muted) {
    static Entry of(UUID conversation, Instant joinedAt, @Nullable UUID activity, boolean muted) {
      long millis = Math.max(joinedAt.toEpochMilli(), activity == null ? 0 : Uuid7.millis(activity));
      UUID position = Uuid7.of(millis, conversation.getMostSignificantBits(),
          conversation.getLeastSignificantBits());
      return new Entry(conversation, position, activity, muted);
    }
  }

  public ConversationsOfUser(Cassandra cassandra) {
    this.cassandra = cassandra;
    String columns = "SELECT conversation_id, is_member, joined_at, activity, muted FROM conversations_by_user"
        + " WHERE user_id = ?";
    this.select = cassandra.cql(columns);
    this.selectOne = cassandra.cql(columns + " AND conversation_id = ?");
    this.selectEntriesOfGroups = cassandra.cql(columns + " AND conversation_id < ?");
    String groups = "SELECT conversation_id, is_member FROM conversations_by_user"
        + " WHERE user_id = ? AND conversation_id < ?";
    this.selectGroups = cassandra.cql(groups);
    this.selectSomeGroups = cassandra.cql(groups + " LIMIT " + MAX_ROWS);
    this.selectSomeDirect = cassandra.cql(columns + " AND conversation_id > ? LIMIT " + MAX_ROWS);
    this.setMuted = cassandra
      .cql("UPDATE conversations_by_user SET muted = ? WHERE user_id = ? AND conversation_id = ?");
    this.leave = cassandra.cql("UPDATE conversations_by_user USING TIMESTAMP ? AND TTL " + LEFT_SECONDS
        + " SET is_member = false, joined_at = ? WHERE user_id = ? AND conversation_id = ?");
    this.quieten = cassandra.cql("UPDATE conversations_by_user USING TIMESTAMP ? AND TTL " + LEFT_SECONDS
        + " SET activity = ?, muted = false WHERE user_id = ? AND conversation_id = ?");
    this.delete = cassandra.cql("DELETE FROM conversations_by_user USING TIMESTAMP ? WHERE user_id = ?");
  }

  /** The user's conversations, the newest activity first, at most {@value #MAX_LISTED}. */
  List<Entry> of(UUID user) {
    return newest(select.bind(user), MAX_LISTED);
  }

  /**
   * The direct conversations of a user that have a message, the newest activity first. Of somebody who has more than
   * {@value #MAX_ROWS}, the newest of that many.
   */
  public List<UUID> direct(UUID user, int max) {
    return newest(selectSomeDirect.bind(user, AFTER_GROUPS), max).stream().map(Entry::conversation).toList();
  }

  /** The groups that the user is in, the newest activity first. */
  List<Entry> entriesOfGroups(UUID user) {
    return newest(selectEntriesOfGroups.bind(user, AFTER_GROUPS), MAX_ROWS);
  }

  /** Only so many entries, and a page of rows, are in memory: nobody bounds how many people somebody writes to. */
  private List<Entry> newest(Statement<?> rows, int max) {
    PriorityQueue<Entry> newest = new PriorityQueue<>(Comparator.comparing(Entry::position));
    AsyncResultSet page = cassandra.execute(rows);
    keepNewest(newest, page, max);
    while (page.hasMorePages()) {
      page = cassandra.join(page.fetchNextPage());
      keepNewest(newest, page, max);
    }
    return newest.stream().sorted(Comparator.comparing(Entry::position).reversed()).toList();
  }

  private static void keepNewest(PriorityQueue<Entry> newest, AsyncResultSet page, int max) {
    for (Row row : page.currentPage()) {
      entry(row).ifPresent(newest::add);
      if (newest.size() > max) {
        newest.remove();
      }
    }
  }

  /** One of the user's conversations; with no activity if the table does not have it yet. */
  Entry find(UUID user, UUID conversation) {
    Row row = cassandra.one(selectOne.bind(user, conversation));
    return row == null
        ? Entry.of(conversation, Instant.EPOCH, null, false)
        : Entry.of(conversation, Instant.EPOCH, row.getUuid("activity"), row.getBoolean("muted"));
  }

  /** Mutes a conversation for one of its members, or not any more. It is no event: it concerns nobody else. */
  public void mute(UUID user, UUID conversation, boolean muted) {
    cassandra.execute(setMuted.bind(muted, user, conversation));
  }

  /** How many groups the user is in. */
  public int count(UUID user) {
    return groups(user).size();
  }

  /** The groups that the user is in. */
  List<UUID> groups(UUID user) {
    return groups(cassandra.all(selectGroups.bind(user, AFTER_GROUPS)));
  }

  /**
   * Those of some users who cannot be added to another group: they are in {@value #MAX_GROUPS}, or have just left very many. So
   * nobody can fill the list of somebody else.
   */
  Set<UUID> full(List<UUID> users) {
    if (users.isEmpty()) {
      return Set.of();
    }
    List<Boolean> full = ParallelReads.map(users, AT_ONCE, this::isFull);
    Set<UUID> found = new LinkedHashSet<>();
    for (int i = 0; i < users.size(); i++) {
      if (full.get(i)) {
        found.add(users.get(i));
      }
    }
    return found;
  }

  private boolean isFull(UUID user) {
    List<Row> rows = cassandra.all(selectSomeGroups.bind(user, AFTER_GROUPS));
    return rows.size() >= MAX_ROWS || groups(rows).size() >= MAX_GROUPS;
  }

  private static List<UUID> groups(List<Row> rows) {
    return rows.stream()
      .filter(row -> row.getBoolean("is_member"))
      .map(row -> Objects.requireNonNull(row.getUuid("conversation_id")))
      .toList();
  }

  /**
   * The statement after which the row of a group that the user has left goes by itself. Every column gets a time to live, under a
   * timestamp that is later than what it had, and earlier than what a later membership gives it.
   *
   * @param at when the user has left
   */
  Statement<?> left(UUID user, GroupState state, Instant at) {
    return gone(user, state.id(), state.version(), at);
  }

  /** The same for a group that does not exist any more. */
  Statement<?> removed(UUID user, UUID group, Instant at) {
    return gone(user, group, micros(at), at);
  }

  private Statement<?> gone(UUID user, UUID group, long timestamp, Instant at) {
    return BatchStatement
      .newInstance(DefaultBatchType.UNLOGGED, leave.bind(timestamp, Instant.EPOCH, user, group),
          quieten.bind(micros(at.plus(STALE)), Uuid7.floor(0), user, group))
      .setIdempotent(true);
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  /** Deletes the list of an erased user, who has left all groups long before. */
  void deleteAll(UUID user, Instant now) {
    cassandra.execute(delete.bind(micros(now), user));
  }

  /** A row of a group counts while the user is a member, and another as soon as there is a message. */
  private static Optional<Entry> entry(Row row) {
    UUID conversation = row.getUuid("conversation_id");
    UUID activity = row.getUuid("activity");
    Instant joinedAt = row.getInstant("joined_at");
    if (conversation == null
        || (Conversation.isGroup(conversation) ? !row.getBoolean("is_member") : activity == null)) {
      return Optional.empty();
    }
    return Optional.of(Entry.of(conversation, joinedAt == null ? Instant.EPOCH : joinedAt, activity,
        row.getBoolean("muted")));
  }
}
