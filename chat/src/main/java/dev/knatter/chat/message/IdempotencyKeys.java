package dev.knatter.chat.message;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.Digest;
import dev.knatter.shared.DomainError.ClientIdReused;
import dev.knatter.shared.DomainError.Expired;
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
  /** The id of an event is nobody's own: an event that names another sender under it is not a second message. */
  private static final UUID NOBODY = new UUID(0, 0);

  private final Cassandra cassandra;
  private final MessageLog messages;
  private final Uuid7 ids;
  private final Cql reserve;
  private final Cql renew;

  /** A key as the table has it. user: {@link #NOBODY} for the id of an event. */
  private record Key(UUID user, ByteBuffer hash, ByteBuffer bodyHash) {
    Key(UUID user, Digest key, Digest body) {
      this(user, ByteBuffer.wrap(key.bytes()), ByteBuffer.wrap(body.bytes()));
    }
  }

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
   * Stores a message under a key of its sender, or finds it stored.
   *
   * @param proposed the client id to reserve if the key has none yet
   * @throws ClientIdReused if the key was used for another body
   * @throws InFlight if other requests keep changing the key's client id
   * @throws Expired if the key's client id is older than messages of the conversation live; it is never replaced
   */
  public SendResult append(Draft draft, String key, UUID proposed) {
    Digest body = new Digest().add(draft.conversation().id()).add(draft.bodyHash());
    return append(draft, new Key(draft.sender(), new Digest().add(key), body), proposed);
  }

  /**
   * Stores the message of an event, or finds it stored.
   *
   * @throws ClientIdReused if the event had another sender or body before
   * @throws InFlight if other requests keep changing the event's client id
   */
  public SendResult append(Draft draft, SendKey.Event key) {
    Digest event = new Digest().add(key.source()).add(key.eventId());
    Digest body = new Digest().add(draft.sender()).add(draft.conversation().id()).add(draft.bodyHash());
    return append(draft, new Key(NOBODY, event, body), key.id());
  }

  private SendResult append(Draft draft, Key key, UUID proposed) {
    Reservation reservation = reserve(key, proposed);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      UUID clientId = reservation.clientId();
      try {
        Optional<Message> stored = reservation.isNew() ? Optional.empty() : messages.find(draft, clientId);
        // Also if it is stored: see there.
        SendResult sent = messages.append(draft, clientId, stored.isPresent());
        return stored.isPresent() ? new SendResult(sent.message(), true) : sent;
      } catch (Unavailable e) {
        throw e.with("clientId", clientId);
      } catch (StaleClientId e) {
        if (messages.isAhead(clientId)) {
          throw new InFlight(); // a clock was wrong; the id becomes valid later
        }
        // The client id is void now and no message can appear under it, so the key can be reserved for another one.
        reservation = renew(key, clientId);
      }
    }
    throw new InFlight();
  }

  private Reservation reserve(Key key, UUID clientId) {
    Row row = cassandra.one(reserve.bind(key.user(), key.hash(), key.bodyHash(), clientId));
    if (row == null || row.getBoolean("[applied]")) {
      return new Reservation(clientId, true);
    }
    UUID reserved = row.getUuid("client_id");
    if (reserved == null || !key.bodyHash().equals(row.getByteBuffer("body_hash"))) {
      throw reserved == null ? new InFlight() : new ClientIdReused();
    }
    return new Reservation(reserved, false);
  }

  private Reservation renew(Key key, UUID stale) {
    UUID fresh = ids.mint();
    Row row = cassandra.one(renew.bind(key.bodyHash(), fresh, key.user(), key.hash(), stale));
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
