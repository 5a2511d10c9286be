package dev.knatter.chat.account;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import dev.knatter.shared.DomainError.Forbidden;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.RefreshToken;
import dev.knatter.shared.token.TokenIssuer;

/** Opens sessions, and makes their tokens. */
public final class Logins {
  private static final int FIRST = 1;
  /** So far back that every later transaction on the row wins, though its time is another machine's. */
  private static final Duration BACK = Duration.ofMinutes(5);

  private final Cassandra cassandra;
  private final Uuid7 ids;
  private final TokenIssuer tokens;
  private final Accounts accounts;
  private final SecureRandom secrets = new SecureRandom();
  private final Cql insertSession;
  private final Cql deleteSession;
  private final PublicKeys keys;

  public Logins(Cassandra cassandra, Uuid7 ids, TokenIssuer tokens, Accounts accounts) {
    this.cassandra = cassandra;
    this.ids = ids;
    this.tokens = tokens;
    this.accounts = accounts;
    this.insertSession = cassandra.cql("INSERT INTO sessions (user_id, session_id, refresh_hash, family_hash,"
        + " generation, device_name, device_address, created_at, last_used_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        + " USING TTL " + RefreshToken.LIFETIME.toSeconds() + " AND TIMESTAMP ?");
    this.deleteSession = cassandra.cql("DELETE FROM sessions WHERE user_id = ? AND session_id = ?");
    this.keys = new PublicKeys(cassandra);
  }

  /**
   * Opens a session of somebody who has shown his password. A key of the same id is replaced: it is his own.
   *
   * @return empty where the password is another by now
   * @throws Forbidden where the device has a key and there are too many already; no session is open then
   */
  public Optional<Login> open(PasswordProof proof, Device device) {
    Account account = proof.account();
    UUID session = ids.mint();
    Identity identity = new Identity(account.userId(), account.username().value(), session);
    RefreshToken refresh = RefreshToken.mint(account.userId(), session, FIRST, secrets);
    insert(refresh, device);
    // A change of password writes the account and then lists the sessions; here the session is written and then the
    // account is read. Where the list lacks the session, this write ended after the list began, so after the account
    // was changed, and the read that follows sees the change: whoever misses the other is seen by him.
    BooleanSupplier holds = accounts.holds(proof);
    Login login = new Login(identity, tokens.issue(identity), refresh);
    if (!holds.getAsBoolean()) {
      delete(identity);
      return Optional.empty();
    }
    if (device.key() != null) {
      put(DeviceKey.of(device.key(), device.name()), identity);
    }
    return Optional.of(login);
  }

  private void insert(RefreshToken refresh, Device device) {
    Instant now = Instant.ofEpochMilli(Uuid7.millis(refresh.sessionId()));
    cassandra.execute(insertSession.bindPresent(refresh.userId(), refresh.sessionId(),
        ByteBuffer.wrap(refresh.hash()), ByteBuffer.wrap(refresh.familyHash()), FIRST, device.name(),
        device.address(), now, now, TimeUnit.MILLISECONDS.toMicros(now.minus(BACK).toEpochMilli())));
  }

  private void put(DeviceKey key, Identity identity) {
    try {
      keys.put(identity.userId(), key);
    } catch (Forbidden e) {
      delete(identity);
      throw e;
    }
  }

  /** Nobody has got its tokens. */
  private void delete(Identity identity) {
    cassandra.execute(deleteSession.bind(identity.userId(), identity.sessionId()));
  }
}
