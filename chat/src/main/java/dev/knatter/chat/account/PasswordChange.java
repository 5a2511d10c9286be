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

/** Replaces passwords, and ends what others may have opened with the old one. */
public final class PasswordChange {
  private final Cassandra cassandra;
  private final Passwords passwords;
  private final PasswordThrottle guesses;
  private final Sessions sessions;
  private final Cql select;
  private final Cql replace;

  public PasswordChange(Cassandra cassandra, Passwords passwords, PasswordThrottle guesses,
      Sessions sessions) {
    this.cassandra = cassandra;
    this.passwords = passwords;
    this.guesses = guesses;
    this.sessions = sessions;
    this.select = cassandra.cql("SELECT user_id, password_hash FROM accounts WHERE username = ?");
    this.replace = cassandra.conditional("UPDATE accounts SET password_hash = ? WHERE username = ?"
        + " IF user_id = ? AND password_hash = ?");
  }

  /**
   * Gives the caller another password. Whoever has lost the answer may ask the same again: that the new one is the
   * account's already is what he wanted, and he has proved that he knows it.
   *
   * @param from where the caller is; null where that is not known
   * @throws Forbidden   where the current password is another, or there is none
   * @throws RateLimited where somebody guesses, and it is too early to try again
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

  /** Either password is a guess: that the one which is asked for is right tells as much. */
  private boolean matches(Identity caller, @Nullable Network from, String password, String stored) {
    return guesses.guess(caller.username(), from,
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
    Row row = cassandra.one(replace.bind(hash, caller.username(), caller.userId(), stored));
    return row == null || row.getBoolean("[applied]");
  }
}
