package dev.knatter.chat.webhook;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The webhooks of a user, as their rows hold them.
 *
 * @param requests the hashes of the requests that created webhooks under an Idempotency-Key, by the webhook's id
 * @param changes  how often a transaction has changed them; null if none has
 */
record WebhookRows(List<Webhook> webhooks, Map<UUID, ByteBuffer> requests, @Nullable Integer changes) {
  static final String SELECT = "SELECT user_id, webhook_id, url, types, conversation_id, session_id, secret,"
      + " old_secrets, request_hash, disabled_at, disabled_reason, created_at, changes FROM webhooks"
      + " WHERE user_id = ?";

  static WebhookRows of(List<Row> rows) {
    List<Webhook> webhooks = new ArrayList<>();
    Map<UUID, ByteBuffer> requests = new TreeMap<>();
    Integer changes = null;
    for (Row row : rows) {
      changes = row.get("changes", Integer.class);
      Webhook webhook = webhook(row);
      if (webhook != null) {
        webhooks.add(webhook);
        ByteBuffer request = row.getByteBuffer("request_hash");
        if (request != null) {
          requests.put(webhook.id(), request);
        }
      }
    }
    return new WebhookRows(webhooks, requests, changes);
  }

  Optional<Webhook> find(UUID id) {
    return webhooks.stream().filter(webhook -> webhook.id().equals(id)).findFirst();
  }

  /** Null where the partition holds the static column only. */
  private static @Nullable Webhook webhook(Row row) {
    UUID user = row.getUuid("user_id");
    UUID id = row.getUuid("webhook_id");
    String url = row.getString("url");
    ByteBuffer secret = row.getByteBuffer("secret");
    Instant created = row.getInstant("created_at");
    if (user == null || id == null || url == null || secret == null || created == null) {
      return null;
    }
    return new Webhook(user, id, URI.create(url),
        Objects.requireNonNullElse(row.getSet("types", String.class), Set.of()),
        row.getUuid("conversation_id"),
        row.getUuid("session_id"), WebhookSecret.of(secret), oldSecrets(row), created,
        row.getInstant("disabled_at"), row.getString("disabled_reason"));
  }

  private static SortedMap<Instant, WebhookSecret> oldSecrets(Row row) {
    SortedMap<Instant, WebhookSecret> secrets = new TreeMap<>();
    Map<Instant, ByteBuffer> stored = row.getMap("old_secrets", Instant.class, ByteBuffer.class);
    if (stored != null) {
      stored.forEach((until, secret) -> secrets.put(until, WebhookSecret.of(secret)));
    }
    return secrets;
  }

  /** The ids of the sessions with which some of these webhooks end. */
  Set<UUID> sessions() {
    Set<UUID> sessions = new HashSet<>();
    for (Webhook webhook : webhooks) {
      if (webhook.sessionId() != null) {
        sessions.add(webhook.sessionId());
      }
    }
    return sessions;
  }
}
