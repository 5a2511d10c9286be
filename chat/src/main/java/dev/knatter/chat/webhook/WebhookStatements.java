package dev.knatter.chat.webhook;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.jspecify.annotations.Nullable;

/** The statements that change a user's webhooks. Each runs in a batch with {@link #count}, which has the condition. */
final class WebhookStatements {
  private static final String WHERE = " WHERE user_id = ? AND webhook_id = ?";

  private final Cql insert;
  private final Cql updateUrl;
  private final Cql updateTypes;
  private final Cql deleteTypes;
  private final Cql enable;
  private final Cql disable;
  private final Cql rotate;
  private final Cql delete;
  private final Cql firstChange;
  private final Cql nextChange;

  WebhookStatements(Cassandra cassandra) {
    this.insert = cassandra.conditional("INSERT INTO webhooks (user_id, webhook_id, url, types,"
        + " conversation_id, session_id, secret, request_hash, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    this.updateUrl = cassandra.conditional("UPDATE webhooks SET url = ?" + WHERE);
    this.updateTypes = cassandra.conditional("UPDATE webhooks SET types = ?" + WHERE);
    this.deleteTypes = cassandra.conditional("DELETE types FROM webhooks" + WHERE);
    this.enable = cassandra.conditional("DELETE disabled_at, disabled_reason FROM webhooks" + WHERE);
    this.disable = cassandra
      .conditional("UPDATE webhooks SET disabled_at = ?, disabled_reason = ?" + WHERE);
    this.rotate = cassandra.conditional("UPDATE webhooks SET secret = ?, old_secrets = ?" + WHERE);
    this.delete = cassandra.conditional("DELETE FROM webhooks" + WHERE);
    this.firstChange = cassandra
      .conditional("UPDATE webhooks SET changes = 1 WHERE user_id = ? IF changes = null");
    this.nextChange = cassandra
      .conditional("UPDATE webhooks SET changes = ? WHERE user_id = ? IF changes = ?");
  }

  /** @param changes how often a transaction has changed the user's webhooks; null if none has */
  BatchableStatement<?> count(UUID user, @Nullable Integer changes) {
    return changes == null ? firstChange.bind(user) : nextChange.bind(changes + 1, user, changes);
  }

  BatchableStatement<?> insert(Webhook webhook, ByteBuffer request) {
    return insert.bindPresent(webhook.userId(), webhook.id(), webhook.url().toString(),
        webhook.types().isEmpty() ? null : webhook.types(), webhook.conversationId(), webhook.sessionId(),
        webhook.secret().stored(), request,
        webhook.createdAt());
  }

  BatchableStatement<?> delete(UUID user, UUID id) {
    return delete.bind(user, id);
  }

  /** None if nothing changes. */
  List<BatchableStatement<?>> change(Webhook current, WebhookChange change) {
    List<BatchableStatement<?>> rows = new ArrayList<>();
    if (change.url() != null && !change.url().equals(current.url())) {
      rows.add(updateUrl.bind(change.url().toString(), current.userId(), current.id()));
    }
    if (change.types() != null && !change.types().equals(current.types())) {
      rows.add(change.types().isEmpty()
          ? deleteTypes.bind(current.userId(), current.id())
          : updateTypes.bind(change.types(), current.userId(), current.id()));
    }
    if (change.enable() && !current.isEnabled()) {
      rows.add(enable.bind(current.userId(), current.id()));
    }
    return rows;
  }

  BatchableStatement<?> rotate(Webhook current, WebhookSecret fresh,
      SortedMap<Instant, WebhookSecret> old) {
    Map<Instant, ByteBuffer> stored = new HashMap<>();
    old.forEach((until, secret) -> stored.put(until, secret.stored()));
    return rotate.bind(fresh.stored(), stored, current.userId(), current.id());
  }

  BatchableStatement<?> disable(Webhook webhook, Instant at, String reason) {
    return disable.bind(at, reason, webhook.userId(), webhook.id());
  }
}
