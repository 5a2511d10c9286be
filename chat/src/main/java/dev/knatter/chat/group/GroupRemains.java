package dev.knatter.chat.group;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.chat.conversation.LongestRetention;
import dev.knatter.shared.Chunks;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/**
 * What is left of a deleted group besides its messages. Its log stays, without the names: a repeated creation must not bring the
 * group back.
 */
public final class GroupRemains {
  private static final int AT_ONCE = 64;

  private final Cassandra cassandra;
  private final GroupLog log;
  private final ConversationsOfUser ofUsers;
  private final Cql selectLongest;
  private final MemberTables tables;
  private final Cql deleteMembers;
  private final Cql forgetName;

  public GroupRemains(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.log = new GroupLog(cassandra);
    this.ofUsers = new ConversationsOfUser(cassandra);
    this.selectLongest = cassandra
      .cql("SELECT longest_retention FROM conversation_members WHERE conversation_id = ? LIMIT 1");
    this.tables = new MemberTables(cassandra, log.events());
    this.deleteMembers = cassandra
      .cql("DELETE FROM conversation_members WHERE conversation_id = ? AND user_id >= ?");
    this.forgetName = cassandra
      .cql("UPDATE conversation_members SET name = '', first_members = ? WHERE conversation_id = ?");
  }

  /** The longest retention that the group ever had. */
  public LongestRetention longest(UUID group) {
    Row row = cassandra.one(selectLongest.bind(group));
    return row == null ? LongestRetention.FOR_EVER : new LongestRetention(row.getInt("longest_retention"));
  }

  /** Takes the group out of the lists of everybody who was ever a member. Their rows go by themselves some days later. */
  public void forgetMembers(UUID group, Instant deletedAt) {
    for (List<UUID> some : Chunks.of(tables.users(group), AT_ONCE)) {
      cassandra.executeAll(some.stream().map(user -> ofUsers.removed(user, group, deletedAt)).toList());
    }
  }

  /**
   * Deletes the names in the log, the snapshot and the members. The columns that say that the group is deleted stay, or its log
   * would be carried out again.
   */
  public void deleteAll(UUID group, Instant deletedAt) {
    forgetMembers(group, deletedAt);
    log.forget(group);
    cassandra.execute(forgetName.bind(List.of(), group));
    cassandra.execute(deleteMembers.bind(group, new UUID(0, 0))); // the first in the order of the store
  }
}
