package dev.knatter.chat.account;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.jspecify.annotations.Nullable;

/**
 * Claims names. One lightweight transaction writes the whole account, so there is no moment at which a name is taken
 * and its owner cannot be reached.
 */
final class NameClaims {
  private static final int ATTEMPTS = 3;

  private final Cassandra cassandra;
  private final ErasedNames erased;
  private final Cql insertUser;
  private final Cql deleteUser;
  private final Cql claim;
  private final Cql selectOwner;
  private final Cql selectDecided;

  NameClaims(Cassandra cassandra, ErasedNames erased) {
    this.cassandra = cassandra;
    this.erased = erased;
    this.insertUser = cassandra
      .cql("INSERT INTO users (user_id, username, display_name, created_at) VALUES (?, ?, ?, ?)");
    this.deleteUser = cassandra.cql("DELETE FROM users WHERE user_id = ?");
    this.claim = cassandra.conditional("INSERT INTO accounts (username, user_id, password_hash, created_at)"
        + " VALUES (?, ?, ?, ?) IF NOT EXISTS");
    this.selectOwner = cassandra.cql("SELECT user_id FROM accounts WHERE username = ?");
    this.selectDecided = cassandra.serialRead("SELECT user_id FROM accounts WHERE username = ?");
  }

  /** The user_id of whoever has a name, as far as a plain read can tell; null where nobody has. */
  @Nullable
  Row owner(Username name) {
    return cassandra.one(selectOwner.bind(name.value()));
  }

  /**
   * Whether the account has its name from now on. May be repeated: the claim names the account.
   *
   * @param hash of its password; null for an account that has none
   */
  boolean claim(Account account, @Nullable String displayName, @Nullable String hash) {
    if (erased.has(account.username())) {
      return false; // while a name is being erased its row is there, so that nobody slips in between the two
    }
    cassandra.execute(insertUser.bindPresent(account.userId(), account.username().value(),
        displayName, account.createdAt()));
    boolean claimed = claims(account, hash);
    if (!claimed) {
      cassandra.execute(deleteUser.bind(account.userId()));
    }
    return claimed;
  }

  private boolean claims(Account account, @Nullable String hash) {
    String name = account.username().value();
    for (int attempt = 1; true; attempt++) {
      try {
        Row row = cassandra.one(
            claim.bindPresent(name, account.userId(), hash, account.createdAt()));
        return row == null || row.getBoolean("[applied]") || account.userId().equals(row.getUuid("user_id"));
      } catch (Unavailable unknown) {
        Row row = owner(account.username());
        row = row == null ? decided(name) : row;
        if (row != null) {
          return account.userId().equals(row.getUuid("user_id"));
        }
        if (attempt == ATTEMPTS) {
          throw unknown;
        }
      }
    }
  }

  /**
   * What has been decided about a name: a serial read finishes what transactions began. Null where nothing was, or
   * where so many are after the name that none gets through.
   */
  private @Nullable Row decided(String name) {
    try {
      return cassandra.one(selectDecided.bind(name));
    } catch (Unavailable e) {
      return null;
    }
  }
}
