package dev.knatter.chat.group;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import dev.knatter.shared.Chunks;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.jspecify.annotations.Nullable;

/**
 * Writes the tables that are made from the log: {@code conversation_members} and {@code conversations_by_user}.
 *
 * <p>Every column is written with the group's version as its timestamp. So processes may write in any order and as often as they
 * like: of two versions the newer one stays. The static column {@code version} is written last. A partition that has it is
 * complete up to that version, so whoever comes later writes only what has changed since.
 */
final class MemberTables {
  /** Who has left keeps a row with this role. */
  private static final String GONE = "none";
  private static final int FIRST_MEMBERS = 5;
  private static final int AT_ONCE = 64;

  private final Cassandra cassandra;
  private final GroupEvents events;
  private final Cql selectVersion;
  private final Cql selectUsers;
  private final Cql upsertGroup;
  private final Cql upsertMember;
  private final Cql upsertNewMember;
  private final Cql selectKnown;
  private final Cql upsertGone;
  private final Cql upsertOfUser;
  private final ConversationsOfUser ofUsers;
  private final Cql setDeleted;

  MemberTables(Cassandra cassandra, GroupEvents events) {
    this.cassandra = cassandra;
    this.events = events;
    this.selectVersion = cassandra
      .cql("SELECT version FROM conversation_members WHERE conversation_id = ? LIMIT 1");
    this.selectUsers = cassandra.cql("SELECT user_id FROM conversation_members WHERE conversation_id = ?");
    this.upsertGroup = cassandra
      .cql("UPDATE conversation_members USING TIMESTAMP ? SET version = ?, name = ?,"
          + " created_at = ?, history = ?, retention = ?, longest_retention = ?, member_count = ?, first_members = ?"
          + " WHERE conversation_id = ?");
    String member = "INSERT INTO conversation_members (conversation_id, user_id, role, floor, joined_at";
    this.upsertMember = cassandra.cql(member + ") VALUES (?, ?, ?, ?, ?) USING TIMESTAMP ?");
    this.upsertNewMember = cassandra
      .cql(member + ", known_at) VALUES (?, ?, ?, ?, ?, toTimestamp(now())) USING TIMESTAMP ?");
    this.selectKnown = cassandra
      .cql("SELECT user_id, known_at FROM conversation_members WHERE conversation_id = ? AND user_id IN ?");
    this.upsertGone = cassandra.cql("INSERT INTO conversation_members (conversation_id, user_id, role)"
        + " VALUES (?, ?, '" + GONE + "') USING TIMESTAMP ?");
    this.upsertOfUser = cassandra.cql("UPDATE conversations_by_user USING TIMESTAMP ? SET is_member = true,"
        + " joined_at = ? WHERE user_id = ? AND conversation_id = ?");
    this.ofUsers = new ConversationsOfUser(cassandra);
    this.setDeleted = cassandra
      .cql("UPDATE conversation_members USING TIMESTAMP ? SET deleted_at = ? WHERE conversation_id = ?");
  }

  /** The version up to which the tables have the group; 0 if they do not have it. */
  int version(UUID group) {
    Row row = cassandra.one(selectVersion.bind(group));
    return row == null ? 0 : row.getInt("version");
  }

  /** When senders could first find some members, by user. It is later than their joining if a process stopped in between. */
  Map<UUID, Instant> knownSince(UUID group, List<UUID> users) {
    Map<UUID, Instant> known = new HashMap<>();
    for (Row row : cassandra.all(selectKnown.bind(group, users))) {
      Instant at = row.getInstant("known_at");
      if (at != null) {
        known.put(Objects.requireNonNull(row.getUuid("user_id")), at);
      }
    }
    return known;
  }

  /**
   * Brings the tables to a state of the group.
   *
   * @param recent the last events up to that state; what is missing before them is read
   * @param from   the version that the tables have
   */
  void advance(GroupState state, List<GroupEvent> recent, int from) {
    boolean isEnough = !recent.isEmpty() && recent.getFirst().version() <= from + 1;
    List<GroupEvent> missing = isEnough ? recent : events.above(state.id(), from, false);
    Map<UUID, Instant> changed = new HashMap<>();
    for (GroupEvent event : missing) {
      if (event.version() > from && event.version() <= state.version()) {
        changedBy(event).forEach(user -> changed.put(user, event.at()));
      }
    }
    write(state, changed.keySet(), member -> member.joinedVersion() > from,
        gone -> ofUsers.left(gone, state, Objects.requireNonNull(changed.get(gone))));
  }

  /**
   * Writes everything, also what the tables should have already. The events must be all of the group's. In the lists of those who
   * have left nothing is written: they may have been erased since.
   */
  void rewrite(GroupState state, List<GroupEvent> all) {
    Set<UUID> users = new HashSet<>(state.members().keySet());
    all.forEach(event -> users.addAll(changedBy(event)));
    users.addAll(users(state.id()));
    Map<UUID, Instant> known = new HashMap<>();
    Chunks.of(List.copyOf(users), AT_ONCE).forEach(some -> known.putAll(knownSince(state.id(), some)));
    write(state, users,
        member -> known.getOrDefault(member.user(), Instant.EPOCH).isBefore(member.joinedAt()), _ -> null);
  }

  /** Everybody who is, or ever was, in the group. */
  List<UUID> users(UUID group) {
    List<UUID> users = new ArrayList<>();
    for (Row row : cassandra.all(selectUsers.bind(group))) {
      UUID user = row.getUuid("user_id");
      if (user != null) { // the static columns are a row of their own where there is no other
        users.add(user);
      }
    }
    return users;
  }

  /** The users in whose rows an event changes anything. A new owner changes the row of the owner before. */
  private static Collection<UUID> changedBy(GroupEvent event) {
    Set<UUID> users = new HashSet<>(event.change().users());
    users.add(event.actor());
    if (event.change().successor() != null) {
      users.add(event.change().successor());
    }
    return users;
  }

  /**
   * @param isNew whether a member's row is not there yet: senders can find them from now on
   * @param left  what is written to the list of who has left; null for nothing
   */
  private void write(GroupState state, Collection<UUID> users, Predicate<GroupMember> isNew,
      Function<UUID, @Nullable Statement<?>> left) {
    long timestamp = state.version();
    List<UUID> all = List.copyOf(users);
    for (int i = 0; i < all.size(); i += AT_ONCE) {
      List<UUID> some = all.subList(i, Math.min(all.size(), i + AT_ONCE));
      List<Statement<?>> writes = new ArrayList<>();
      List<BatchableStatement<?>> rows = new ArrayList<>();
      for (UUID user : some) {
        GroupMember member = state.members().get(user);
        Statement<?> ofUser = member == null
            ? left.apply(user)
            : upsertOfUser.bind(timestamp, member.joinedAt(), user, state.id());
        if (ofUser != null) {
          writes.add(ofUser);
        }
        rows.add(member == null
            ? upsertGone.bind(state.id(), user, timestamp)
            : (isNew.test(member) ? upsertNewMember : upsertMember).bindPresent(state.id(), user,
                member.role().text(), member.floor(), member.joinedAt(), timestamp));
      }
      cassandra.executeAll(writes);
      if (i + AT_ONCE >= all.size()) {
        rows.addAll(group(state, timestamp));
      }
      execute(rows);
    }
    if (all.isEmpty()) {
      execute(group(state, timestamp));
    }
  }

  /** One partition: all of it is seen at once. */
  private void execute(List<BatchableStatement<?>> rows) {
    cassandra.execute(BatchStatement.newInstance(DefaultBatchType.UNLOGGED, rows).setIdempotent(true));
  }

  private List<BatchableStatement<?>> group(GroupState state, long timestamp) {
    List<BatchableStatement<?>> rows = new ArrayList<>();
    rows.add(
        upsertGroup.bind(timestamp, state.version(), state.name(), state.createdAt(), state.history().text(),
            state.retentionDays(), state.longest().days(), state.members().size(),
            state.members().keySet().stream().limit(FIRST_MEMBERS).toList(), state.id()));
    if (state.isDeleted()) {
      rows.add(setDeleted.bind(timestamp, Objects.requireNonNull(state.deletedAt()), state.id()));
    }
    return rows;
  }
}
