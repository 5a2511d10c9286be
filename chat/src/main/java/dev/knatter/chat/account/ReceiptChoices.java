package dev.knatter.chat.account;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/** Who shows and sees read receipts. Each choice is read from the store, so that it holds at once. */
public final class ReceiptChoices {
  private final Cassandra cassandra;
  private final Cql select;

  public ReceiptChoices(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.select = cassandra.cql("SELECT user_id, read_receipts FROM users WHERE user_id = ?");
  }

  /** Those of some users who exist, and have not chosen to show no receipts. */
  public Set<UUID> willing(Collection<UUID> users) {
    Map<UUID, CompletionStage<AsyncResultSet>> reads = new HashMap<>();
    users.forEach(user -> reads.put(user, cassandra.submit(select.bind(user))));
    Set<UUID> willing = new HashSet<>();
    reads.forEach((user, read) -> {
      Row row = cassandra.join(read).one();
      if (row != null && isWilling(row)) {
        willing.add(user);
      }
    });
    return willing;
  }

  static boolean isWilling(Row row) {
    return row.isNull("read_receipts") || row.getBoolean("read_receipts");
  }
}
