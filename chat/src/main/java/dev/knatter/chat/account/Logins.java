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

/** Opens sessions and issues their tokens. */
public final class Logins {
  private static final int FIRST_GENERATION = 1;
  /** The insert's timestamp is this old, so that every later transaction wins, even if another clock is behind. */
  private static final Duration BACKDATED_BY = Duration.ofMinutes(5);

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
   * Opens a session for a user who has proved the password. A key of the same id is replaced.
   *
   * @return empty if the password has been changed meanwhile
   * @throws Forbidden if the device has a key and the user has too many keys already; then no session is open
   */
  public Optional<Login> open(PasswordProof proof, Device device) {
    Account account = proof.account();
    UUID session = ids.mint();
    Identity identity = new Identity(account.userId(), account.username().value(), session);
    RefreshToken refresh = RefreshToken.mint(account.userId(), session, FIRST_GENERATION, secrets);
    insert(refresh, device);
    // A password change writes the account and then lists the sessions. This method writes the session and then reads
    // the account. If that list lacks this session, the account was written before it is read here, and the proof no
    // longer holds.
    BooleanSupplier stillHolds = accounts.startRecheck(proof);
    Login login = new Login(identity, tokens.issue(identity), refresh);
    if (!stillHolds.getAsBoolean()) {
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
        ByteBuffer.wrap(refresh.hash()), ByteBuffer.wrap(refresh.familyHash()), FIRST_GENERATION,
        device.name(),
        device.address(), now, now, TimeUnit.MILLISECONDS.toMicros(now.minus(BACKDATED_BY).toEpochMilli())));
  }

  private void put(DeviceKey key, Identity identity) {
    try {
      keys.put(identity.userId(), key);
    } catch (Forbidden e) {
      delete(identity);
      throw e;
    }
  }

  /** Deletes a session whose tokens were not handed out. */
  private void delete(Identity identity) {
    cassandra.execute(deleteSession.bind(identity.userId(), identity.sessionId()));
  }
}
