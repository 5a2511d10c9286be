package dev.knatter.chat.account;

import java.util.Optional;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.chat.limit.Network;
import dev.knatter.chat.limit.PasswordThrottle;
import dev.knatter.shared.DomainError.Forbidden;
import dev.knatter.shared.DomainError.RateLimited;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import dev.knatter.shared.token.Identity;
import org.jspecify.annotations.Nullable;

/** Replaces a user's password and ends all of their other sessions. */
public final class PasswordChange {
  private final Cassandra cassandra;
  private final Passwords passwords;
  private final PasswordThrottle throttle;
  private final Sessions sessions;
  private final Cql select;
  private final Cql replace;

  public PasswordChange(Cassandra cassandra, Passwords passwords, PasswordThrottle throttle,
      Sessions sessions) {
    this.cassandra = cassandra;
    this.passwords = passwords;
    this.throttle = throttle;
    this.sessions = sessions;
    this.select = cassandra.cql("SELECT user_id, password_hash FROM accounts WHERE username = ?");
    this.replace = cassandra.conditional("UPDATE accounts SET password_hash = ? WHERE username = ?"
        + " IF user_id = ? AND password_hash = ?");
  }

  /**
   * Gives the caller another password. A client that lost the answer may send the same request again: it succeeds if
   * the new password is already the account's.
   *
   * @param from the caller's network; null if it is not known
   * @throws Forbidden   if the current password is wrong, or the account has none
   * @throws RateLimited if the throttle does not allow another attempt yet
   */
  public void change(Identity caller, @Nullable Network from, String current, String wanted) {
    String stored = hash(caller);
    if (stored == null) {
      throw new Forbidden("There is no password.");
    }
    if (matches(caller, from, current, stored)) {
      if (!replaces(caller, stored, passwords.hash(wanted))) {
        throw new Forbidden("The password was changed elsewhere at this moment.");
      }
    } else if (!matches(caller, from, wanted, stored)) {
      throw new Forbidden("The current password is another.");
    }
    sessions.endOthers(caller.userId(), caller.sessionId());
  }

  /** Both passwords pass the throttle: a match of the wanted one would also tell an attacker the password. */
  private boolean matches(Identity caller, @Nullable Network from, String password, String stored) {
    return throttle.attempt(caller.username(), from,
        () -> passwords.verify(password, stored) ? Optional.of(caller) : Optional.empty())
      .isPresent();
  }

  private @Nullable String hash(Identity caller) {
    Row row = cassandra.one(select.bind(caller.username()));
    return row == null || !caller.userId().equals(row.getUuid("user_id"))
        ? null
        : row.getString("password_hash");
  }

  private boolean replaces(Identity caller, String stored, String hash) {
    return cassandra.applied(replace.bind(hash, caller.username(), caller.userId(), stored));
  }
}
