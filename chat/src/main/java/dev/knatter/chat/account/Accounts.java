package dev.knatter.chat.account;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/** The accounts and their password hashes. */
public final class Accounts {
  private final Cassandra cassandra;
  private final Passwords passwords;
  private final Cql select;
  private final HashUpgrade hashUpgrade;

  public Accounts(Cassandra cassandra, Passwords passwords) {
    this.cassandra = cassandra;
    this.passwords = passwords;
    this.select = cassandra
      .cql("SELECT user_id, password_hash, created_at FROM accounts WHERE username = ?");
    this.hashUpgrade = new HashUpgrade(cassandra, passwords);
  }

  /** Checks a password. Empty if it is wrong or nobody has the name; both take equally long. */
  public Optional<PasswordProof> authenticate(Username name, String password) {
    Row row = cassandra.one(select.bind(name.value()));
    String hash = row == null ? null : row.getString("password_hash");
    boolean matches = passwords.verify(password, hash);
    UUID userId = row == null ? null : row.getUuid("user_id");
    Instant createdAt = row == null ? null : row.getInstant("created_at");
    if (row == null || !matches || hash == null || userId == null || createdAt == null) {
      return Optional.empty();
    }
    String current = hashUpgrade.replace(name, password, hash);
    return Optional.of(new PasswordProof(new Account(userId, name, createdAt), password, current));
  }

  /**
   * Starts to read the account again. The result waits for that read and says whether the proof still holds. A
   * different hash may belong to the same password, because another login can replace the hash by a stronger one.
   */
  BooleanSupplier startRecheck(PasswordProof proof) {
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
