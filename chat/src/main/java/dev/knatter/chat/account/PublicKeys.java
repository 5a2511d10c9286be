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
import dev.knatter.shared.store.RetryPause;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of users. Other people encrypt with them to a user's devices. Every change is a lightweight
 * transaction on the user's partition, so that concurrent changes never leave more than {@value #MAX} keys.
 */
public final class PublicKeys {
  /** How many keys a user may have. Every sender encrypts to all of them. */
  public static final int MAX = 10;
  private static final int ATTEMPTS = 10;
  static final String SELECT = "SELECT key_id, algorithm, public_key, device_name, changes FROM public_keys"
      + " WHERE user_id = ?";

  private final Cassandra cassandra;
  private final Cql select;
  private final Cql insert;
  private final Cql deleteDeviceName;
  private final Cql delete;
  private final Cql deleteAll;
  private final Cql firstChange;
  private final Cql nextChange;

  /** The keys of a user. changes: how often a transaction has changed them; null if none has. */
  private record KeySet(List<DeviceKey> keys, @Nullable Integer changes) {
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
    this.deleteDeviceName = cassandra
      .conditional("DELETE device_name FROM public_keys WHERE user_id = ? AND key_id = ?");
    this.delete = cassandra.conditional("DELETE FROM public_keys WHERE user_id = ? AND key_id = ?");
    this.deleteAll = cassandra.cql("DELETE FROM public_keys WHERE user_id = ?");
    this.firstChange = cassandra
      .conditional("UPDATE public_keys SET changes = 1 WHERE user_id = ? IF changes = null");
    this.nextChange = cassandra
      .conditional("UPDATE public_keys SET changes = ? WHERE user_id = ? IF changes = ?");
  }

  /** The keys in the rows that {@link #SELECT} returns, ordered by id. */
  static List<DeviceKey> keys(List<Row> rows) {
    return keySet(rows).keys();
  }

  /**
   * Adds a key to a user. A key of the same id is replaced.
   *
   * @throws Forbidden if the user has {@value #MAX} other keys
   */
  public void put(UUID user, DeviceKey key) {
    change(user, current -> {
      DeviceKey replaced = current.find(key.keyId()).orElse(null);
      if (key.equals(replaced)) {
        return List.of();
      }
      if (replaced == null && current.keys().size() >= MAX) {
        throw new Forbidden("There are " + MAX + " keys already. Delete one first.");
      }
      List<BatchableStatement<?>> rows = new ArrayList<>();
      rows.add(insert.bindPresent(user, key.keyId(), key.algorithm(), key.publicKey(), key.device()));
      if (key.device() == null && replaced != null && replaced.device() != null) {
        rows.add(deleteDeviceName.bind(user, key.keyId()));
      }
      return rows;
    });
  }

  /** The keys of a user, ordered by id. */
  public List<DeviceKey> of(UUID user) {
    return keys(cassandra.all(select.bind(user)));
  }

  /** Deletes all keys of an erased user. A change that runs at the same moment may write a key after it. */
  public void deleteAll(UUID user) {
    cassandra.execute(deleteAll.bind(user));
  }

  /** Deletes a key of a user. Does nothing if there is no such key. */
  public void delete(UUID user, String keyId) {
    change(user, current -> current.find(keyId).isPresent() ? List.of(delete.bind(user, keyId)) : List.of());
  }

  /** Returns the statements that change the given keys; none if nothing has to change. */
  @FunctionalInterface
  private interface Change {
    List<BatchableStatement<?>> rows(KeySet current);
  }

  private void change(UUID user, Change change) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      KeySet current = keySet(cassandra.all(select.bind(user)));
      List<BatchableStatement<?>> rows = new ArrayList<>(change.rows(current));
      if (rows.isEmpty()) {
        return;
      }
      rows.add(current.changes() == null
          ? firstChange.bind(user)
          : nextChange.bind(current.changes() + 1, user, current.changes()));
      if (cassandra
        .applied(BatchStatement.newInstance(DefaultBatchType.UNLOGGED, rows).setIdempotent(false))) {
        return;
      }
      RetryPause.after(attempt);
    }
    throw new Unavailable("The keys are being changed by others at this moment.");
  }

  private static KeySet keySet(List<Row> rows) {
    List<DeviceKey> keys = new ArrayList<>();
    Integer changes = null;
    for (Row row : rows) {
      changes = row.get("changes", Integer.class);
      String id = row.getString("key_id"); // null if the partition holds the static column only
      String algorithm = row.getString("algorithm");
      String publicKey = row.getString("public_key");
      if (id != null && algorithm != null && publicKey != null) {
        keys.add(new DeviceKey(id, algorithm, publicKey, row.getString("device_name")));
      }
    }
    return new KeySet(List.copyOf(keys), changes);
  }
}
