package dev.knatter.chat.conversation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.jspecify.annotations.Nullable;

/** Reads the rows of the members of groups, the projection of the event log, always from the store. */
public final class MemberRows {
  private final Cassandra cassandra;
  private final Cql selectOne;
  private final Cql selectAll;

  MemberRows(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.selectOne = cassandra
      .cql("SELECT role, floor, version, retention, longest_retention, member_count, deleted_at"
          + " FROM conversation_members WHERE conversation_id = ? AND user_id = ?");
    this.selectAll = cassandra
      .cql("SELECT user_id, role, floor, version, retention, longest_retention, deleted_at"
          + " FROM conversation_members WHERE conversation_id = ?");
  }

  /** Starts to read the row of a user; {@link #join} waits for it. */
  CompletionStage<AsyncResultSet> start(UUID group, UUID user) {
    return cassandra.submit(selectOne.bind(group, user));
  }

  /**
   * Waits for a row. Empty if the user is no member.
   *
   * @param readNanos when the read began
   */
  Optional<Membership> join(UUID group, UUID user, CompletionStage<AsyncResultSet> started, long readNanos) {
    Row row = cassandra.join(started).one();
    Role role = row == null ? null : role(row);
    return row == null || role == null
        ? Optional.empty()
        : Optional.of(new Membership(group, user, role, row.getUuid("floor"), retention(row),
            longest(row), row.getInt("member_count"), row.getInt("version"), readNanos));
  }

  /** All members; without any if there is no such group (any more). */
  Members all(UUID group, long readNanos) {
    List<UUID> users = new ArrayList<>();
    Map<UUID, UUID> floors = new HashMap<>();
    Integer retention = null;
    LongestRetention longest = LongestRetention.FOR_EVER;
    int version = 0;
    for (Row row : cassandra.all(selectAll.bind(group))) {
      UUID user = row.getUuid("user_id");
      if (user != null && role(row) != null) {
        users.add(user);
        UUID floor = row.getUuid("floor");
        if (floor != null) {
          floors.put(user, floor);
        }
        retention = retention(row);
        longest = longest(row);
        version = Math.max(version, row.getInt("version")); // later pages may be of a later version
      }
    }
    return new Members(group, List.copyOf(users), Map.copyOf(floors), retention, longest, version,
        readNanos);
  }

  /** The members, or those whom the group had when it was deleted. */
  List<UUID> last(UUID group) {
    List<UUID> users = new ArrayList<>();
    for (Row row : cassandra.all(selectAll.bind(group))) {
      UUID user = row.getUuid("user_id");
      String role = row.getString("role");
      if (user != null && role != null && Role.of(role).isPresent()) {
        users.add(user);
      }
    }
    return users;
  }

  /**
   * Null for who has left, and for everybody in a deleted conversation: such rows stay. And for everybody in a conversation
   * without a version, because the rows of its members are being written.
   */
  public static @Nullable Role role(Row row) {
    boolean exists = !row.isNull("version") && row.getInstant("deleted_at") == null;
    String text = exists ? row.getString("role") : null;
    return text == null ? null : Role.of(text).orElse(null);
  }

  private static @Nullable Integer retention(Row row) {
    int days = row.getInt("retention");
    return days == 0 ? null : days;
  }

  private static LongestRetention longest(Row row) {
    return new LongestRetention(row.getInt("longest_retention"));
  }
}
