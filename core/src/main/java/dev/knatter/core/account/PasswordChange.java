package dev.knatter.core.account;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.core.DomainError.Forbidden;
import dev.knatter.core.store.Cassandra;
import dev.knatter.core.store.Cql;
import dev.knatter.core.token.Identity;
import org.jspecify.annotations.Nullable;

/** Replaces passwords, and ends what others may have opened with the old one. */
public final class PasswordChange {
  private final Cassandra cassandra;
  private final Passwords passwords;
  private final Sessions sessions;
  private final Cql select;
  private final Cql replace;

  public PasswordChange(Cassandra cassandra, Passwords passwords, Sessions sessions) {
    this.cassandra = cassandra;
    this.passwords = passwords;
    this.sessions = sessions;
    this.select = cassandra.cql("SELECT user_id, password_hash FROM accounts WHERE username = ?")
      .seldom();
    this.replace = cassandra.conditional("UPDATE accounts SET password_hash = ? WHERE username = ?"
        + " IF user_id = ? AND password_hash = ?")
      .seldom();
  }

  /**
   * Gives the caller another password. Whoever has lost the answer may ask the same again: that the new one is the
   * account's already is what he wanted, and he has proved that he knows it.
   *
   * @throws Forbidden where the current password is another, or there is none
   */
  public void change(Identity caller, String current, String wanted) {
    String stored = hash(caller);
    boolean changes = passwords.verify(current, stored);
    if (stored == null || !(changes || passwords.verify(wanted, stored))) {
      throw new Forbidden("The current password is another.");
    }
    if (changes && !replaces(caller, stored, passwords.hash(wanted))) {
      throw new Forbidden("The password was changed elsewhere at this moment.");
    }
    sessions.endOthers(caller.userId(), caller.sessionId());
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
