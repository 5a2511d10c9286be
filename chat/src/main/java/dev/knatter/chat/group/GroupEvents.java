package dev.knatter.chat.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.chat.conversation.HistoryPolicy;
import dev.knatter.chat.conversation.Role;
import dev.knatter.chat.group.GroupEvent.Change;
import dev.knatter.chat.group.GroupEvent.CommandId;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.jspecify.annotations.Nullable;

/** The table of events. Whoever appends must have read all events before, or there would be a gap. */
final class GroupEvents {
  private static final String COLUMNS = "SELECT version, type, at, actor, command_hash, request_hash, name, users, role,"
      + " successor, retention, history FROM conversation_events WHERE conversation_id = ?";
  private static final String ABOVE = COLUMNS + " AND version > ? LIMIT ?";
  /** Small enough for one page, because a serial read is of one page. */
  private static final int AT_ONCE = 500;

  private final Cassandra cassandra;
  private final Cql insert;
  private final Cql select;
  private final Cql selectSerial;
  private final Cql selectOne;
  private final Cql selectLast;
  private final Cql forgetName;

  GroupEvents(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.insert = cassandra
      .conditional("INSERT INTO conversation_events (conversation_id, version, type, at, actor,"
          + " command_hash, request_hash, name, users, role, successor, retention, history)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) IF NOT EXISTS");
    this.select = cassandra.cql(ABOVE);
    this.selectSerial = cassandra.serialRead(ABOVE);
    this.selectOne = cassandra.serialRead(COLUMNS + " AND version = ?");
    this.selectLast = cassandra.cql("SELECT version FROM conversation_events WHERE conversation_id = ?"
        + " ORDER BY version DESC LIMIT 1");
    this.forgetName = cassandra
      .conditional("UPDATE conversation_events SET name = '' WHERE conversation_id = ?"
          + " AND version = ? IF EXISTS");
  }

  /** Appends an event, unless another one has its version. Returns whether this one has it. */
  boolean append(UUID group, GroupEvent event) {
    Change change = event.change();
    return cassandra.applied(insert.bindPresent(group, event.version(), change.kind().name(), event.at(),
        event.actor(),
        event.command().hash(), event.command().request(), change.name(),
        change.users().isEmpty() ? null : change.users(), change.role() == null ? null : change.role().text(),
        change.successor(), change.retentionDays(),
        change.history() == null ? null : change.history().text()));
  }

  /**
   * The events above a version, in order.
   *
   * @param isSerial whether the read waits for what is still being decided, which costs a round of Paxos
   */
  List<GroupEvent> above(UUID group, int version, boolean isSerial) {
    List<GroupEvent> events = new ArrayList<>();
    int last = version;
    List<Row> page;
    do {
      page = cassandra.all((isSerial ? selectSerial : select).bind(group, last, AT_ONCE));
      for (Row row : page) {
        GroupEvent event = event(row);
        events.add(event);
        last = event.version();
      }
    } while (page.size() == AT_ONCE);
    return events;
  }

  /** One event, by a serial read; null if there is none. */
  @Nullable
  GroupEvent find(UUID group, int version) {
    Row row = cassandra.one(selectOne.bind(group, version));
    return row == null ? null : event(row);
  }

  /** The version of the last event that is decided; 0 if there is none. */
  int lastVersion(UUID group) {
    Row row = cassandra.one(selectLast.bind(group));
    return row == null ? 0 : row.getInt("version");
  }

  /** Deletes the name that an event of a deleted group holds. */
  void forgetName(UUID group, int version) {
    Row _ = cassandra.one(forgetName.bind(group, version));
  }

  private static GroupEvent event(Row row) {
    String role = row.getString("role");
    String history = row.getString("history");
    List<UUID> users = row.getList("users", UUID.class);
    Change change = new Change(GroupEventKind.valueOf(present(row.getString("type"))), row.getString("name"),
        users == null ? List.of() : List.copyOf(users), role == null ? null : Role.of(role).orElseThrow(),
        row.getUuid("successor"), row.isNull("retention") ? null : Integer.valueOf(row.getInt("retention")),
        history == null ? null : HistoryPolicy.of(history).orElseThrow());
    return new GroupEvent(row.getInt("version"), present(row.getInstant("at")), present(row.getUuid("actor")),
        new CommandId(present(row.getByteBuffer("command_hash")), present(row.getByteBuffer("request_hash"))),
        change);
  }

  private static <T> T present(@Nullable T column) {
    return Objects.requireNonNull(column, "an event of a group is not whole");
  }
}
