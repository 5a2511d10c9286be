package dev.knatter.chat.account;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces hashes that were made with weaker parameters than today's. It takes the password, so it is done when its owner
 * has just proved that he knows it, and on the condition that the hash is still that one: nothing brings back a
 * password that was changed meanwhile.
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
   * Whatever keeps it from being done now, the next login will do it.
   *
   * @return the hash that the account has from now on, as far as is known
   */
  String replace(Username name, String password, String hash) {
    String stronger = passwords.stronger(password, hash);
    if (stronger == null) {
      return hash;
    }
    try {
      Row row = cassandra.one(replace.bind(stronger, name.value(), hash));
      return row == null || row.getBoolean("[applied]") ? stronger : hash;
    } catch (Unavailable e) {
      log.warn("A password's hash was not made stronger, because the store did not answer in time.");
      return hash;
    }
  }
}
