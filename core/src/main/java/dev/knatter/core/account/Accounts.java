package dev.knatter.core.account;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.core.DomainError.Unavailable;
import dev.knatter.core.DomainError.UsernameTaken;
import dev.knatter.core.Uuid7;
import dev.knatter.core.store.Cassandra;
import dev.knatter.core.store.Cql;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers and authenticates. A name is claimed by one lightweight transaction that writes the whole account, so
 * there is no moment at which a name is taken and its owner cannot log in.
 */
public final class Accounts {
  private static final int ATTEMPTS = 3;
  private static final Logger log = LoggerFactory.getLogger(Accounts.class);

  private final OneAtATime oneAtATime = new OneAtATime();
  private final Cassandra cassandra;
  private final Clock clock;
  private final Uuid7 ids;
  private final Passwords passwords;
  private final Cql insertUser;
  private final Cql deleteUser;
  private final Cql claim;
  private final Cql select;
  private final Cql selectOwner;
  private final Cql selectDecided;
  private final PhoneNumbers phoneNumbers;

  public Accounts(Cassandra cassandra, Clock clock, Uuid7 ids, Passwords passwords) {
    this.cassandra = cassandra;
    this.clock = clock;
    this.ids = ids;
    this.passwords = passwords;
    this.insertUser = cassandra
      .cql("INSERT INTO users (user_id, username, display_name, created_at) VALUES (?, ?, ?, ?)");
    this.deleteUser = cassandra.cql("DELETE FROM users WHERE user_id = ?")
      .seldom();
    this.claim = cassandra.conditional("INSERT INTO accounts (username, user_id, password_hash, created_at)"
        + " VALUES (?, ?, ?, ?) IF NOT EXISTS");
    this.select = cassandra
      .cql("SELECT user_id, password_hash, created_at FROM accounts WHERE username = ?");
    this.selectOwner = cassandra.cql("SELECT user_id FROM accounts WHERE username = ?");
    this.selectDecided = cassandra.serialRead("SELECT user_id FROM accounts WHERE username = ?")
      .seldom();
    this.phoneNumbers = new PhoneNumbers(cassandra);
  }

  /**
   * Makes an account.
   *
   * @throws UsernameTaken where somebody has the name
   * @throws Unavailable   where the outcome is unknown; should the account be there after all, its password works
   */
  public Account register(NewAccount wanted) {
    String name = wanted.username().value();
    return oneAtATime.of(name, () -> {
      if (cassandra.one(selectOwner.bind(name)) != null) {
        throw new UsernameTaken(); // for sure, and for the price of a read instead of a hash and a transaction
      }
      return create(wanted);
    });
  }

  private Account create(NewAccount wanted) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Account account = new Account(ids.mint(), wanted.username(), now);
    String hash = passwords.hash(wanted.password());
    cassandra.execute(
        insertUser.bindPresent(account.userId(), account.username().value(), wanted.displayName(), now));
    if (!claims(account, hash)) {
      cassandra.execute(deleteUser.bind(account.userId()));
      throw new UsernameTaken();
    }
    if (wanted.phoneNumber() != null) {
      setPhoneNumber(account, wanted.phoneNumber());
    }
    return account;
  }

  /** Whether the name is now this account's. The claim may be repeated: it names the account. */
  private boolean claims(Account account, String hash) {
    String name = account.username().value();
    for (int attempt = 1; true; attempt++) {
      try {
        Row row = cassandra.one(
            claim.bind(name, account.userId(), hash, account.createdAt()));
        return row == null || row.getBoolean("[applied]") || account.userId().equals(row.getUuid("user_id"));
      } catch (Unavailable unknown) {
        Row row = cassandra.one(selectOwner.bind(name));
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

  /** A store that does not answer in time does not undo the account, which is there. */
  private void setPhoneNumber(Account account, String number) {
    try {
      phoneNumbers.change(account.userId(), account.username().value(), number);
    } catch (Unavailable e) {
      log.warn("A telephone number was not stored, because the store did not answer in time.");
    }
  }

  /** The account of a name and its password. Takes as long and says as little where there is no such name. */
  public Optional<Account> authenticate(Username name, String password) {
    Row row = cassandra.one(select.bind(name.value()));
    String hash = row == null ? null : row.getString("password_hash");
    boolean matches = passwords.verify(password, hash);
    UUID userId = row == null ? null : row.getUuid("user_id");
    Instant createdAt = row == null ? null : row.getInstant("created_at");
    if (row == null || !matches || userId == null || createdAt == null) {
      return Optional.empty();
    }
    return Optional.of(new Account(userId, name, createdAt));
  }
}
