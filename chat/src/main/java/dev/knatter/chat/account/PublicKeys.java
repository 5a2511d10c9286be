package dev.knatter.chat.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.DomainError.Forbidden;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of users, by which others encrypt to their devices. A change is a lightweight transaction on the
 * user's partition, so that many at once never leave more than {@value #MAX} keys.
 */
public final class PublicKeys {
  /** How many keys a user may have: each of those who write to him encrypts to all of them. */
  public static final int MAX = 10;
  private static final int ATTEMPTS = 10;
  /** The rows of a user's keys. */
  static final String SELECT = "SELECT key_id, algorithm, public_key, device_name, changes FROM public_keys"
      + " WHERE user_id = ?";

  private final Cassandra cassandra;
  private final Cql select;
  private final Cql insert;
  private final Cql forgetDevice;
  private final Cql delete;
  private final Cql deleteAll;
  private final Cql countFirst;
  private final Cql count;

  /** What a user has. changes: how often that changed; null where it never did by a transaction. */
  private record Ring(List<DeviceKey> keys, @Nullable Integer changes) {
    Optional<DeviceKey> find(String keyId) {
      return keys.stream().filter(each -> each.keyId().equals(keyId)).findFirst();
    }
  }

  public PublicKeys(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.select = cassandra
      .cql(SELECT);
    this.insert = cassandra.conditional("INSERT INTO public_keys (user_id, key_id, algorithm, public_key,"
        + " device_name) VALUES (?, ?, ?, ?, ?)");
    this.forgetDevice = cassandra
      .conditional("DELETE device_name FROM public_keys WHERE user_id = ? AND key_id = ?");
    this.delete = cassandra.conditional("DELETE FROM public_keys WHERE user_id = ? AND key_id = ?");
    this.deleteAll = cassandra.cql("DELETE FROM public_keys WHERE user_id = ?");
    this.countFirst = cassandra
      .conditional("UPDATE public_keys SET changes = 1 WHERE user_id = ? IF changes = null");
    this.count = cassandra
      .conditional("UPDATE public_keys SET changes = ? WHERE user_id = ? IF changes = ?");
  }

  /** The keys in rows of {@link #SELECT}, by id. */
  static List<DeviceKey> keys(List<Row> rows) {
    return ring(rows).keys();
  }

  /**
   * Gives a user a key; one of the same id is replaced.
   *
   * @throws Forbidden where he has {@value #MAX} others
   */
  public void put(UUID user, DeviceKey key) {
    change(user, ring -> {
      DeviceKey replaced = ring.find(key.keyId()).orElse(null);
      if (key.equals(replaced)) {
        return List.of();
      }
      if (replaced == null && ring.keys().size() >= MAX) {
        throw new Forbidden("There are " + MAX + " keys already. Delete one first.");
      }
      List<BatchableStatement<?>> rows = new ArrayList<>();
      rows.add(insert.bindPresent(user, key.keyId(), key.algorithm(), key.publicKey(), key.device()));
      if (key.device() == null && replaced != null && replaced.device() != null) {
        rows.add(forgetDevice.bind(user, key.keyId()));
      }
      return rows;
    });
  }

  /** The keys of a user, by id. */
  public List<DeviceKey> of(UUID user) {
    return keys(cassandra.all(select.bind(user)));
  }

  /** Forgets a user who is gone. What is being changed at this very moment may come after it. */
  public void forget(UUID user) {
    cassandra.execute(deleteAll.bind(user));
  }

  /** Takes a key from a user; one that is not there is gone already. */
  public void delete(UUID user, String keyId) {
    change(user, ring -> ring.find(keyId).isPresent() ? List.of(delete.bind(user, keyId)) : List.of());
  }

  /** Which rows to write, given what there is; none where that is as it should be. */
  @FunctionalInterface
  private interface Change {
    List<BatchableStatement<?>> rows(Ring ring);
  }

  private void change(UUID user, Change change) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Ring ring = ring(cassandra.all(select.bind(user)));
      List<BatchableStatement<?>> rows = new ArrayList<>(change.rows(ring));
      if (rows.isEmpty()) {
        return;
      }
      rows.add(ring.changes() == null
          ? countFirst.bind(user)
          : count.bind(ring.changes() + 1, user, ring.changes()));
      Row outcome = cassandra
        .one(BatchStatement.newInstance(DefaultBatchType.UNLOGGED, rows).setIdempotent(false));
      if (outcome == null || outcome.getBoolean("[applied]")) {
        return;
      }
    }
    throw new Unavailable("The keys are being changed by others at this moment.");
  }

  private static Ring ring(List<Row> rows) {
    List<DeviceKey> keys = new ArrayList<>();
    Integer changes = null;
    for (Row row : rows) {
      changes = row.get("changes", Integer.class);
      String id = row.getString("key_id"); // null where there is no key and never mind how many there were
      String algorithm = row.getString("algorithm");
      String publicKey = row.getString("public_key");
      if (id != null && algorithm != null && publicKey != null) {
        keys.add(new DeviceKey(id, algorithm, publicKey, row.getString("device_name")));
      }
    }
    return new Ring(List.copyOf(keys), changes);
  }
}
