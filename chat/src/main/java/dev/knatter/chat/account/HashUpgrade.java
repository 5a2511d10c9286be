package dev.knatter.chat.account;

import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces password hashes that were made with weaker parameters. It needs the password, so a login does it. The
 * condition on the old hash makes sure that a password which was changed meanwhile stays changed.
 */
final class HashUpgrade {
  private static final Logger log = LoggerFactory.getLogger(HashUpgrade.class);

  private final Cassandra cassandra;
  private final Passwords passwords;
  private final Cql replace;

  HashUpgrade(Cassandra cassandra, Passwords passwords) {
    this.cassandra = cassandra;
    this.passwords = passwords;
    this.replace = cassandra
      .conditional("UPDATE accounts SET password_hash = ? WHERE username = ? IF password_hash = ?");
  }

  /**
   * Replaces a weak hash. If that fails, the next login tries again.
   *
   * @return the account's hash after this call, as far as is known
   */
  String replace(Username name, String password, String hash) {
    String stronger = passwords.upgrade(password, hash);
    if (stronger == null) {
      return hash;
    }
    try {
      return cassandra.applied(replace.bind(stronger, name.value(), hash)) ? stronger : hash;
    } catch (Unavailable e) {
      log.warn("A password's hash was not made stronger, because the store did not answer in time.");
      return hash;
    }
  }
}
