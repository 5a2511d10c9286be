package dev.knatter.core.account;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.core.DomainError.Unavailable;
import dev.knatter.core.DomainError.UsernameTaken;
import dev.knatter.core.Uuid7;
import dev.knatter.core.store.Cassandra;
import dev.knatter.core.store.Cql;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers and authenticates. */
public final class Accounts {
  private static final Logger log = LoggerFactory.getLogger(Accounts.class);

  private final OneAtATime oneAtATime = new OneAtATime();
  private final Cassandra cassandra;
  private final Clock clock;
  private final Uuid7 ids;
  private final Passwords passwords;
  private final NameClaims names;
  private final Cql select;
  private final PhoneNumbers phoneNumbers;
  private final StrongerHashes strongerHashes;

  public Accounts(Cassandra cassandra, Clock clock, Uuid7 ids, Passwords passwords) {
    this.cassandra = cassandra;
    this.clock = clock;
    this.ids = ids;
    this.passwords = passwords;
    this.names = new NameClaims(cassandra);
    this.select = cassandra
      .cql("SELECT user_id, password_hash, created_at FROM accounts WHERE username = ?");
    this.phoneNumbers = new PhoneNumbers(cassandra);
    this.strongerHashes = new StrongerHashes(cassandra, passwords);
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
      if (names.owner(wanted.username()) != null) {
        throw new UsernameTaken(); // for sure, and for the price of a read instead of a hash and a transaction
      }
      return create(wanted);
    });
  }

  private Account create(NewAccount wanted) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Account account = new Account(ids.mint(), wanted.username(), now);
    String hash = passwords.hash(wanted.password());
    if (!names.claim(account, wanted.displayName(), hash)) {
      throw new UsernameTaken();
    }
    if (wanted.phoneNumber() != null) {
      setPhoneNumber(account, wanted.phoneNumber());
    }
    return account;
  }

  /** A store that does not answer in time does not undo the account, which is there. */
  private void setPhoneNumber(Account account, String number) {
    try {
      phoneNumbers.change(account.userId(), account.username().value(), number);
    } catch (Unavailable e) {
      log.warn("A telephone number was not stored, because the store did not answer in time.");
    }
  }

  /** Whether a password is that of a name. Takes as long and says as little where there is no such name. */
  public Optional<Proof> authenticate(Username name, String password) {
    Row row = cassandra.one(select.bind(name.value()));
    String hash = row == null ? null : row.getString("password_hash");
    boolean matches = passwords.verify(password, hash);
    UUID userId = row == null ? null : row.getUuid("user_id");
    Instant createdAt = row == null ? null : row.getInstant("created_at");
    if (row == null || !matches || hash == null || userId == null || createdAt == null) {
      return Optional.empty();
    }
    String kept = strongerHashes.replace(name, password, hash);
    return Optional.of(new Proof(new Account(userId, name, createdAt), password, kept));
  }

  /**
   * Begins to read the account again, beside whatever is to be done meanwhile, and says when it is asked whether the
   * proof holds. A hash that is another may be of the same password: another login has raised it.
   */
  BooleanSupplier holds(Proof proof) {
    CompletionStage<AsyncResultSet> read = cassandra
      .submit(select.bind(proof.account().username().value()));
    return () -> {
      Row row = cassandra.join(read).one();
      if (row == null || !proof.account().userId().equals(row.getUuid("user_id"))) {
        return false;
      }
      String hash = row.getString("password_hash");
      return proof.hash().equals(hash) || passwords.verify(proof.password(), hash);
    };
  }
}
