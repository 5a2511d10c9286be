package dev.knatter.chat.message;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.Digest;
import dev.knatter.shared.DomainError.ClientIdReused;
import dev.knatter.shared.DomainError.InFlight;
import dev.knatter.shared.DomainError.StaleClientId;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/**
 * Sends messages under keys that contain no time: an Idempotency-Key (IETF draft) or the id of an event. A
 * lightweight transaction reserves a key for a client id and a body hash, for longer than dead letters live. Then the
 * {@link MessageLog} stores the message under that client id.
 */
public final class IdempotencyKeys {
  private static final Duration RETENTION = Duration.ofDays(30);
  private static final int ATTEMPTS = 3;

  private final Cassandra cassandra;
  private final MessageLog messages;
  private final Uuid7 ids;
  private final Cql reserve;
  private final Cql renew;

  /** The client id that a key is reserved for. isNew: whether this request made the reservation. */
  private record Reservation(UUID clientId, boolean isNew) {}

  public IdempotencyKeys(Cassandra cassandra, MessageLog messages, Uuid7 ids) {
    this.cassandra = cassandra;
    this.messages = messages;
    this.ids = ids;
    this.reserve = cassandra
      .conditional("INSERT INTO idempotency_keys (user_id, key_hash, body_hash, client_id)"
          + " VALUES (?, ?, ?, ?) IF NOT EXISTS USING TTL " + RETENTION.toSeconds());
    this.renew = cassandra.conditional("UPDATE idempotency_keys USING TTL " + RETENTION.toSeconds()
        + " SET body_hash = ?, client_id = ? WHERE user_id = ? AND key_hash = ? IF client_id = ?");
  }

  /**
   * Stores a message under a key, or finds it stored.
   *
   * @param proposed the client id to reserve if the key has none yet
   * @throws ClientIdReused if the key was used for another body
   * @throws InFlight if other requests keep changing the key's client id
   */
  public SendResult append(Draft draft, String key, UUID proposed) {
    byte[] keyHash = new Digest().add(key).bytes();
    byte[] bodyHash = new Digest().add(draft.conversation().id()).add(draft.bodyHash()).bytes();
    Reservation reservation = reserve(draft.sender(), keyHash, bodyHash, proposed);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      UUID clientId = reservation.clientId();
      try {
        Optional<Message> stored = reservation.isNew() ? Optional.empty() : messages.find(draft, clientId);
        SendResult sent = messages.append(draft, clientId); // also if it is stored: see there
        return stored.map(message -> new SendResult(message, true)).orElse(sent);
      } catch (Unavailable e) {
        throw e.with("clientId", clientId);
      } catch (StaleClientId e) {
        if (messages.isAhead(clientId)) {
          throw new InFlight(); // a clock was wrong; the id becomes valid later
        }
        // The client id is void now and no message can appear under it, so the key can be reserved for another one.
        reservation = renew(draft.sender(), keyHash, bodyHash, clientId);
      }
    }
    throw new InFlight();
  }

  private Reservation reserve(UUID user, byte[] keyHash, byte[] bodyHash, UUID clientId) {
    Row row = cassandra
      .one(reserve.bind(user, ByteBuffer.wrap(keyHash), ByteBuffer.wrap(bodyHash), clientId));
    if (row == null || row.getBoolean("[applied]")) {
      return new Reservation(clientId, true);
    }
    UUID reserved = row.getUuid("client_id");
    if (reserved == null || !ByteBuffer.wrap(bodyHash).equals(row.getByteBuffer("body_hash"))) {
      throw reserved == null ? new InFlight() : new ClientIdReused();
    }
    return new Reservation(reserved, false);
  }

  private Reservation renew(UUID user, byte[] keyHash, byte[] bodyHash, UUID stale) {
    UUID fresh = ids.mint();
    Row row = cassandra
      .one(renew.bind(ByteBuffer.wrap(bodyHash), fresh, user, ByteBuffer.wrap(keyHash), stale));
    if (row == null || row.getBoolean("[applied]")) {
      return new Reservation(fresh, true);
    }
    UUID current = row.getUuid("client_id");
    if (current == null) {
      throw new InFlight(); // expired just now
    }
    return new Reservation(current, false);
  }
}
