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

/** Who has which password. */
public final class Accounts {
  private final Cassandra cassandra;
  private final Passwords passwords;
  private final Cql select;
  private final HashUpgrade strongerHashes;

  public Accounts(Cassandra cassandra, Passwords passwords) {
    this.cassandra = cassandra;
    this.passwords = passwords;
    this.select = cassandra
      .cql("SELECT user_id, password_hash, created_at FROM accounts WHERE username = ?");
    this.strongerHashes = new HashUpgrade(cassandra, passwords);
  }

  /** Whether a password is that of a name. Takes as long and says as little where there is no such name. */
  public Optional<PasswordProof> authenticate(Username name, String password) {
    Row row = cassandra.one(select.bind(name.value()));
    String hash = row == null ? null : row.getString("password_hash");
    boolean matches = passwords.verify(password, hash);
    UUID userId = row == null ? null : row.getUuid("user_id");
    Instant createdAt = row == null ? null : row.getInstant("created_at");
    if (row == null || !matches || hash == null || userId == null || createdAt == null) {
      return Optional.empty();
    }
    String kept = strongerHashes.replace(name, password, hash);
    return Optional.of(new PasswordProof(new Account(userId, name, createdAt), password, kept));
  }

  /**
   * Begins to read the account again, beside whatever is to be done meanwhile, and says when it is asked whether the
   * proof holds. A hash that is another may be of the same password: another login has raised it.
   */
  BooleanSupplier holds(PasswordProof proof) {
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
