package dev.knatter.chat.account;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.jspecify.annotations.Nullable;

/** Reads and changes the profiles of users. */
public final class Profiles {
  private final Cassandra cassandra;
  private final Cql selectKeys;
  private final Cql select;
  private final Cql setDisplayName;
  private final Cql unsetDisplayName;
  private final Cql setReadReceipts;
  private final Cql setShowLastSeen;

  public Profiles(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.selectKeys = cassandra.cql(PublicKeys.SELECT);
    this.select = cassandra
      .cql("SELECT username, display_name, read_receipts, show_last_seen, created_at FROM users"
          + " WHERE user_id = ?");
    this.setDisplayName = cassandra
      .conditional("UPDATE users SET display_name = ? WHERE user_id = ? IF EXISTS");
    this.unsetDisplayName = cassandra
      .conditional("DELETE display_name FROM users WHERE user_id = ? IF EXISTS");
    this.setReadReceipts = cassandra
      .conditional("UPDATE users SET read_receipts = ? WHERE user_id = ? IF EXISTS");
    this.setShowLastSeen = cassandra
      .conditional("UPDATE users SET show_last_seen = ? WHERE user_id = ? IF EXISTS");
  }

  public Optional<Profile> find(UUID user) {
    CompletionStage<AsyncResultSet> reading = cassandra.submit(selectKeys.bind(user));
    Row row = cassandra.one(select.bind(user));
    String username = row == null ? null : row.getString("username");
    Instant createdAt = row == null ? null : row.getInstant("created_at");
    if (row == null || username == null || createdAt == null) {
      return Optional.empty();
    }
    return Optional
      .of(new Profile(user, username, row.getString("display_name"), ReceiptChoices.isWilling(row),
          Contacts.shows(row), createdAt,
          PublicKeys.keys(cassandra.all(reading))));
  }

  /** Sets a user's display name; null removes it. Does nothing if there is no such user. */
  public void rename(UUID user, @Nullable String displayName) {
    cassandra.execute(
        displayName == null ? unsetDisplayName.bind(user) : setDisplayName.bind(displayName, user));
  }

  /** Sets whether a user shows and sees read receipts. Does nothing if there is no such user. */
  public void setReadReceipts(UUID user, boolean shown) {
    cassandra.execute(setReadReceipts.bind(shown, user));
  }

  /** Sets whether a user shows and sees when people were last here. Does nothing if there is no such user. */
  public void setShowLastSeen(UUID user, boolean shown) {
    cassandra.execute(setShowLastSeen.bind(shown, user));
  }
}
