package dev.knatter.chat.account;

import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.DomainError.NotFound;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.jspecify.annotations.Nullable;

/**
 * Telephone numbers (E.164), which nobody verifies. The account row stores the number that the user entered. A separate
 * row, which belongs to the first user who claimed the number, decides whom a lookup finds. The user's own profile
 * shows the number in both cases, so that nobody can find out by entering a number whether somebody else has it.
 */
public final class PhoneNumbers {
  private static final int ATTEMPTS = 5;

  private final Cassandra cassandra;
  private final Cql selectOwner;
  private final Cql select;
  private final Cql setFirst;
  private final Cql set;
  private final Cql unset;
  private final Cql claim;
  private final Cql release;

  public PhoneNumbers(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.selectOwner = cassandra.cql("SELECT user_id FROM phone_numbers WHERE phone_number = ?");
    this.select = cassandra.cql("SELECT user_id, phone_number FROM accounts WHERE username = ?");
    this.setFirst = cassandra.conditional("UPDATE accounts SET phone_number = ? WHERE username = ?"
        + " IF user_id = ? AND phone_number = null");
    this.set = cassandra.conditional("UPDATE accounts SET phone_number = ? WHERE username = ?"
        + " IF user_id = ? AND phone_number = ?");
    this.unset = cassandra.conditional("DELETE phone_number FROM accounts WHERE username = ?"
        + " IF user_id = ? AND phone_number = ?");
    this.claim = cassandra
      .conditional("INSERT INTO phone_numbers (phone_number, user_id) VALUES (?, ?) IF NOT EXISTS");
    this.release = cassandra.conditional("DELETE FROM phone_numbers WHERE phone_number = ? IF user_id = ?");
  }

  /** The user whom a lookup of this number finds. */
  public Optional<UUID> owner(String number) {
    Row row = cassandra.one(selectOwner.bind(number));
    return Optional.ofNullable(row == null ? null : row.getUuid("user_id"));
  }

  /** The number that a user entered. */
  public Optional<String> of(UUID user, String username) {
    return Optional.ofNullable(enteredNumber(user, username));
  }

  /**
   * Sets the number that a user entered; null removes it. May be repeated until it succeeds: the old claim is
   * released before the account forgets the old number.
   *
   * @throws NotFound if there is no such account
   */
  public void change(UUID user, String username, @Nullable String number) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      String before = enteredNumber(user, username);
      if (!Objects.equals(before, number)) {
        if (before != null) {
          release(user, before);
        }
        if (!cassandra.applied(updateStatement(user, username, before, number))) {
          continue; // another request has changed the number meanwhile
        }
      }
      if (number != null) {
        claim(user, username, number);
      }
      return;
    }
    throw new Unavailable("The number is being changed elsewhere at this moment.");
  }

  /** Releases the claim to a number, if it is this user's. */
  public void release(UUID user, String number) {
    cassandra.execute(release.bind(number, user));
  }

  private @Nullable String enteredNumber(UUID user, String username) {
    Row row = cassandra.one(select.bind(username));
    if (row == null || !user.equals(row.getUuid("user_id"))) {
      throw new NotFound("There is no such account.");
    }
    return row.getString("phone_number");
  }

  private BatchableStatement<?> updateStatement(UUID user, String username, @Nullable String before,
      @Nullable String number) {
    if (before == null) {
      return setFirst.bind(Objects.requireNonNull(number), username, user);
    }
    return number == null ? unset.bind(username, user, before) : set.bind(number, username, user, before);
  }

  private void claim(UUID user, String username, String number) {
    cassandra.execute(claim.bind(number, user));
    if (!number.equals(enteredNumber(user, username))) { // changed meanwhile: only this request can release the claim
      release(user, number);
    }
  }
}
