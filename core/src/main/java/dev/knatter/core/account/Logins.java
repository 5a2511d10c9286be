package dev.knatter.core.account;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import dev.knatter.core.DomainError.Forbidden;
import dev.knatter.core.Uuid7;
import dev.knatter.core.store.Cassandra;
import dev.knatter.core.store.Cql;
import dev.knatter.core.token.Identity;
import dev.knatter.core.token.RefreshToken;
import dev.knatter.core.token.TokenIssuer;

/** Opens sessions, and makes their tokens. */
public final class Logins {
  private static final int FIRST = 1;
  /** So far back that every later transaction on the row wins, though its time is another machine's. */
  private static final Duration BACK = Duration.ofMinutes(5);

  private final Cassandra cassandra;
  private final Uuid7 ids;
  private final TokenIssuer tokens;
  private final SecureRandom secrets = new SecureRandom();
  private final Cql insertSession;
  private final PublicKeys keys;

  public Logins(Cassandra cassandra, Uuid7 ids, TokenIssuer tokens) {
    this.cassandra = cassandra;
    this.ids = ids;
    this.tokens = tokens;
    this.insertSession = cassandra.cql("INSERT INTO sessions (user_id, session_id, refresh_hash, family_hash,"
        + " generation, device_name, device_address, created_at, last_used_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        + " USING TTL " + RefreshToken.LIFETIME.toSeconds() + " AND TIMESTAMP ?");
    this.keys = new PublicKeys(cassandra);
  }

  /**
   * Opens a session of somebody who has proved who he is. A key of the same id is replaced: it is his own.
   *
   * @throws Forbidden where the device has a key and there are too many already; no session is opened then
   */
  public Login open(Account account, Device device) {
    UUID user = account.userId();
    UUID session = ids.mint();
    Instant now = Instant.ofEpochMilli(Uuid7.millis(session));
    RefreshToken refresh = RefreshToken.mint(user, session, FIRST, secrets);
    if (device.key() != null) {
      keys.put(user, DeviceKey.of(device.key(), device.name()));
    }
    cassandra.execute(insertSession.bindPresent(user, session, ByteBuffer.wrap(refresh.hash()),
        ByteBuffer.wrap(refresh.familyHash()), FIRST, device.name(), device.address(), now, now,
        TimeUnit.MILLISECONDS.toMicros(now.minus(BACK).toEpochMilli())));
    Identity identity = new Identity(user, account.username().value(), session);
    return new Login(identity, tokens.issue(identity), refresh);
  }
}
