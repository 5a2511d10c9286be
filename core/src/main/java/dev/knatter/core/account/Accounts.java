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

/**
 * Registers and authenticates. A name is claimed by one lightweight transaction that writes the whole account, so
 * there is no moment at which a name is taken and its owner cannot log in.
 */
public final class Accounts {
  private final Cassandra cassandra;
  private final Clock clock;
  private final Uuid7 ids;
  private final Passwords passwords;
  private final Cql insertUser;
  private final Cql deleteUser;
  private final Cql claim;
  private final Cql select;
  private final Cql selectDecided;
  private final Cql claimPhone;
  private final Cql setPhone;

  public Accounts(Cassandra cassandra, Clock clock, Uuid7 ids, Passwords passwords) {
    this.cassandra = cassandra;
    this.clock = clock;
    this.ids = ids;
    this.passwords = passwords;
    this.insertUser = cassandra
      .cql("INSERT INTO users (user_id, username, display_name, created_at) VALUES (?, ?, ?, ?)");
    this.deleteUser = cassandra.cql("DELETE FROM users WHERE user_id = ?");
    this.claim = cassandra.conditional("INSERT INTO accounts (username, user_id, password_hash, display_name,"
        + " created_at) VALUES (?, ?, ?, ?, ?) IF NOT EXISTS");
    this.select = cassandra
      .cql("SELECT user_id, password_hash, display_name, created_at FROM accounts WHERE username = ?");
    this.selectDecided = cassandra.serialRead("SELECT user_id FROM accounts WHERE username = ?");
    this.claimPhone = cassandra
      .conditional("INSERT INTO phone_numbers (phone_number, user_id) VALUES (?, ?) IF NOT EXISTS");
    this.setPhone = cassandra
      .conditional("UPDATE accounts SET phone_number = ? WHERE username = ? IF user_id = ?");
  }

  /** @throws UsernameTaken where somebody has the name */
  public Account register(NewAccount wanted) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Account account = new Account(ids.mint(), wanted.username(), wanted.displayName(), now);
    String hash = passwords.hash(wanted.password());
    cassandra.execute(
        insertUser.bindPresent(account.userId(), account.username().value(), account.displayName(), now));
    if (!claims(account, hash)) {
      cassandra.execute(deleteUser.bind(account.userId()));
      throw new UsernameTaken();
    }
    if (wanted.phoneNumber() != null) {
      claimPhone(account, wanted.phoneNumber());
    }
    return account;
  }

  private boolean claims(Account account, String hash) {
    try {
      Row row = cassandra.one(claim.bindPresent(account.username().value(), account.userId(), hash,
          account.displayName(), account.createdAt()));
      return row == null || row.getBoolean("[applied]") || account.userId().equals(row.getUuid("user_id"));
    } catch (Unavailable e) {
      return wasDecidedFor(account, e);
    }
  }

  /** After a transaction of unknown outcome: a serial read finishes it, so what it shows is final. */
  private boolean wasDecidedFor(Account account, Unavailable unknown) {
    Row row = cassandra.one(selectDecided.bind(account.username().value()));
    if (row == null) {
      throw unknown;
    }
    return account.userId().equals(row.getUuid("user_id"));
  }

  /**
   * A number that somebody else has is left unset without a word: an error would tell anybody whose numbers are
   * registered here.
   */
  private void claimPhone(Account account, String number) {
    Row row = cassandra.one(claimPhone.bind(number, account.userId()));
    if (row == null || row.getBoolean("[applied]")) {
      cassandra.execute(setPhone.bind(number, account.username().value(), account.userId()));
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
    return Optional.of(new Account(userId, name, row.getString("display_name"), createdAt));
  }
}
