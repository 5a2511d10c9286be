package dev.knatter.chat.erasure;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.jspecify.annotations.Nullable;

/** The table of unfinished erasure orders. A lightweight transaction makes sure that a user has one order. */
final class ErasureOrders {
  private static final int SHARDS = 16;

  private final Cassandra cassandra;
  private final Cql select;
  private final Cql selectAll;
  private final Cql insert;
  private final Cql addNumber;
  private final Cql delete;

  ErasureOrders(Cassandra cassandra) {
    this.cassandra = cassandra;
    String columns = "SELECT user_id, erasure_id, username, name_hash, phone_numbers, started_at FROM erasing";
    this.select = cassandra.serialRead(columns + " WHERE shard = ? AND user_id = ?");
    this.selectAll = cassandra.cql(columns + " WHERE shard IN ("
        + IntStream.range(0, SHARDS).mapToObj(Integer::toString).collect(Collectors.joining(", ")) + ")");
    this.insert = cassandra
      .conditional("INSERT INTO erasing (shard, user_id, erasure_id, username, name_hash,"
          + " started_at) VALUES (?, ?, ?, ?, ?, ?) IF NOT EXISTS");
    this.addNumber = cassandra
      .cql("UPDATE erasing SET phone_numbers = phone_numbers + ? WHERE shard = ? AND user_id = ?");
    this.delete = cassandra.cql("DELETE FROM erasing WHERE shard = ? AND user_id = ?");
  }

  /** The order to erase a user, by a serial read; null if there is none. */
  @Nullable
  ErasureOrder find(UUID user) {
    Row row = cassandra.one(select.bind(shard(user), user));
    return row == null ? null : order(row);
  }

  /** Stores an order, or returns the user's existing one. */
  ErasureOrder place(UUID user, UUID erasure, String username, ByteBuffer nameHash, Instant now) {
    Row _ = cassandra.one(insert.bind(shard(user), user, erasure, username, nameHash, now));
    ErasureOrder order = find(user);
    if (order == null) {
      throw new Unavailable("The store has not decided yet.");
    }
    return order;
  }

  /** Adds a phone number to an order. This happens before the account row loses the number. */
  void addPhoneNumber(ErasureOrder order, String phoneNumber) {
    cassandra.execute(addNumber.bind(Set.of(phoneNumber), shard(order.userId()), order.userId()));
  }

  List<ErasureOrder> all() {
    List<ErasureOrder> orders = new ArrayList<>();
    for (Row row : cassandra.all(selectAll.bind())) {
      ErasureOrder order = order(row);
      if (order != null) {
        orders.add(order);
      }
    }
    return orders;
  }

  /** The order to erase the user who had this name; null if there is none. */
  @Nullable
  ErasureOrder find(String username) {
    return all().stream().filter(order -> order.username().equals(username)).findFirst().orElse(null);
  }

  void delete(ErasureOrder order) {
    cassandra.execute(delete.bind(shard(order.userId()), order.userId()));
  }

  /** The lowest bits of a UUIDv7 are random. */
  private static int shard(UUID user) {
    return (int) (user.getLeastSignificantBits() & (SHARDS - 1));
  }

  private static @Nullable ErasureOrder order(Row row) {
    UUID user = row.getUuid("user_id");
    UUID erasure = row.getUuid("erasure_id");
    String name = row.getString("username");
    ByteBuffer hash = row.getByteBuffer("name_hash");
    Instant started = row.getInstant("started_at");
    Set<String> numbers = row.getSet("phone_numbers", String.class);
    return user == null || erasure == null || name == null || hash == null || started == null
        ? null
        : new ErasureOrder(user, erasure, name, hash, numbers == null ? Set.of() : Set.copyOf(numbers),
            started);
  }
}
