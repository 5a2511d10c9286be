package dev.knatter.chat.account;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import dev.knatter.chat.publication.Publications;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.DomainError.UsernameTaken;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers users. */
public final class Registration {
  private static final Logger log = LoggerFactory.getLogger(Registration.class);

  private final StripedLock locks = new StripedLock();
  private final Clock clock;
  private final Uuid7 ids;
  private final Passwords passwords;
  private final NameClaims names;
  private final PhoneNumbers phoneNumbers;

  /** A registration that publishes nothing. */
  public Registration(Cassandra cassandra, Clock clock, Uuid7 ids, Passwords passwords, ErasedNames erased) {
    this(cassandra, clock, ids, passwords, erased, Publications.NONE);
  }

  public Registration(Cassandra cassandra, Clock clock, Uuid7 ids, Passwords passwords, ErasedNames erased,
      Publications publications) {
    this.clock = clock;
    this.ids = ids;
    this.passwords = passwords;
    this.names = new NameClaims(cassandra, erased, publications);
    this.phoneNumbers = new PhoneNumbers(cassandra);
  }

  /**
   * Creates an account.
   *
   * @throws UsernameTaken if somebody has the name, or had it and was erased
   * @throws Unavailable   if the outcome is unknown; if the account was created after all, its password works
   */
  public Account register(NewAccount wanted) {
    String name = wanted.username().value();
    return locks.withLock(name, () -> {
      if (names.owner(wanted.username()) != null) {
        throw new UsernameTaken(); // a read is cheaper than a hash and a transaction
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

  /** Does not fail if the store does not answer in time, because the account exists. */
  private void setPhoneNumber(Account account, String number) {
    try {
      phoneNumbers.change(account.userId(), account.username().value(), number);
    } catch (Unavailable e) {
      log.warn("A telephone number was not stored, because the store did not answer in time.");
    }
  }
}
