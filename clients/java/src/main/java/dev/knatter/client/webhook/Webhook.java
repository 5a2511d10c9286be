package dev.knatter.client.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A URL that is told of messages.
 *
 * @param types of events; empty for all
 * @param conversationId the only conversation that it is told of; null for all
 * @param sessionId the session with which it ends; null where it does not
 * @param state "enabled", or "disabled"
 * @param reason why it is disabled, in words
 * @param secret signs what it is told; only where it has just been made
 * @param previousSecretUntil until when the secret before signs too; only where it has just been changed
 */
public record Webhook(UUID webhookId, String url, List<String> types, @Nullable UUID conversationId,
    @Nullable UUID sessionId, Instant createdAt, String state, @Nullable String reason,
    @Nullable Instant disabledAt, @Nullable String secret, @Nullable Instant previousSecretUntil) {
  public Webhook {
    Objects.requireNonNull(webhookId, "webhookId");
    Objects.requireNonNull(url, "url");
    types = List.copyOf(types);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "webhook " + webhookId + " to " + url;
  }
}
