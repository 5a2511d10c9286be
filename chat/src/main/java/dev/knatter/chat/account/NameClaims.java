package dev.knatter.chat.account;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.chat.publication.EventReference;
import dev.knatter.chat.publication.EventType;
import dev.knatter.chat.publication.Publication;
import dev.knatter.chat.publication.Publications;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.jspecify.annotations.Nullable;

/** Claims usernames. One lightweight transaction writes the whole account, and makes the event true that a user has registered. */
final class NameClaims {
  private static final int ATTEMPTS = 3;

  private final Cassandra cassandra;
  private final ErasedNames erased;
  private final Publications publications;
  private final Cql insertUser;
  private final Cql deleteUser;
  private final Cql claim;
  private final Cql selectOwner;
  private final Cql selectSerial;

  NameClaims(Cassandra cassandra, ErasedNames erased, Publications publications) {
    this.cassandra = cassandra;
    this.erased = erased;
    this.publications = publications;
    this.insertUser = cassandra
      .cql("INSERT INTO users (user_id, username, display_name, created_at) VALUES (?, ?, ?, ?)");
    this.deleteUser = cassandra.cql("DELETE FROM users WHERE user_id = ?");
    this.claim = cassandra.conditional("INSERT INTO accounts (username, user_id, password_hash, created_at)"
        + " VALUES (?, ?, ?, ?) IF NOT EXISTS");
    this.selectOwner = cassandra.cql("SELECT user_id FROM accounts WHERE username = ?");
    this.selectSerial = cassandra.serialRead("SELECT user_id FROM accounts WHERE username = ?");
  }

  /** The row with the user_id of the name's owner, by a plain read; null if nobody has the name. */
  @Nullable
  Row owner(Username name) {
    return cassandra.one(selectOwner.bind(name.value()));
  }

  /**
   * Claims the account's name and returns whether the account has it now. May be repeated, because the claim holds
   * the account's id.
   *
   * @param hash of the password; null for an account without one
   */
  boolean claim(Account account, @Nullable String displayName, @Nullable String hash) {
    EventReference registered = new EventReference(EventType.USER_REGISTERED, account.userId(),
        account.userId());
    try (Publication publication = publications.open(registered)) {
      publication.announce();
      boolean claimed = insert(account, displayName, hash);
      if (claimed) {
        publication.happened();
      } else {
        publication.calledOff();
      }
      return claimed;
    }
  }

  private boolean insert(Account account, @Nullable String displayName, @Nullable String hash) {
    if (erased.has(account.username())) {
      return false; // the account row stays until the name is in this table
    }
    cassandra.execute(insertUser.bindPresent(account.userId(), account.username().value(),
        displayName, account.createdAt()));
    boolean claimed = insertAccount(account, hash);
    if (!claimed) {
      cassandra.execute(deleteUser.bind(account.userId()));
    }
    return claimed;
  }

  private boolean insertAccount(Account account, @Nullable String hash) {
    String name = account.username().value();
    for (int attempt = 1; true; attempt++) {
      try {
        Row row = cassandra.one(
            claim.bindPresent(name, account.userId(), hash, account.createdAt()));
        return row == null || row.getBoolean("[applied]") || account.userId().equals(row.getUuid("user_id"));
      } catch (Unavailable unknown) {
        Row row = owner(account.username());
        row = row == null ? readSerial(name) : row;
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
   * Reads the name's owner by a serial read, which completes pending transactions. Null if nobody has the name, or if
   * the read fails because too many transactions compete for it.
   */
  private @Nullable Row readSerial(String name) {
    try {
      return cassandra.one(selectSerial.bind(name));
    } catch (Unavailable e) {
      return null;
    }
  }
}
