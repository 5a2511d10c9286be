package dev.knatter.chat.group;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/** The table of groups that are deleted and whose content is not removed yet. */
public final class DeletionOrders {
  /** Before every message id. */
  public static final UUID START = Uuid7.floor(0);

  private static final int SHARDS = 16;

  private final Cassandra cassandra;
  private final Cql insert;
  private final Cql selectAll;
  private final Cql move;
  private final Cql delete;

  /**
   * An order to remove the content of a group.
   *
   * @param pass    name of the pass that is being made; empty before the first
   * @param slice   of the timeline that the pass has reached
   * @param reached up to which message id of the slice it has come
   */
  public record Order(UUID group, Instant deletedAt, String pass, long slice, UUID reached) {}

  public DeletionOrders(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.insert = cassandra
      .cql("INSERT INTO deleting_conversations (shard, conversation_id, deleted_at) VALUES (?, ?, ?)");
    this.selectAll = cassandra
      .cql("SELECT conversation_id, deleted_at, pass, slice, reached FROM deleting_conversations"
          + " WHERE shard IN ("
          + IntStream.range(0, SHARDS).mapToObj(Integer::toString).collect(Collectors.joining(", ")) + ")");
    this.move = cassandra.cql("UPDATE deleting_conversations SET pass = ?, slice = ?, reached = ?"
        + " WHERE shard = ? AND conversation_id = ?");
    this.delete = cassandra.cql("DELETE FROM deleting_conversations WHERE shard = ? AND conversation_id = ?");
  }

  /** Places the order for a group. May be repeated; what is done already stays done. */
  void place(UUID group, Instant deletedAt) {
    cassandra.execute(insert.bind(shard(group), group, deletedAt));
  }

  public List<Order> all() {
    List<Order> orders = new ArrayList<>();
    for (Row row : cassandra.all(selectAll.bind())) {
      UUID group = row.getUuid("conversation_id");
      Instant deletedAt = row.getInstant("deleted_at");
      String pass = row.getString("pass");
      UUID reached = row.getUuid("reached");
      if (group != null && deletedAt != null) {
        orders.add(new Order(group, deletedAt, pass == null ? "" : pass, row.getLong("slice"),
            reached == null ? START : reached));
      }
    }
    return orders;
  }

  /** Stores how far an order has come, and returns it like that. */
  public Order move(Order order, String pass, long slice, UUID reached) {
    cassandra.execute(move.bind(pass, slice, reached, shard(order.group()), order.group()));
    return new Order(order.group(), order.deletedAt(), pass, slice, reached);
  }

  public void delete(Order order) {
    cassandra.execute(delete.bind(shard(order.group()), order.group()));
  }

  private static int shard(UUID group) {
    return (int) (group.getLeastSignificantBits() & (SHARDS - 1));
  }
}
