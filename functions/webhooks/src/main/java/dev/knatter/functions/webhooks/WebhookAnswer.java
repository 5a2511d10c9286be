package dev.knatter.functions.webhooks;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.knatter.chat.webhook.Webhook;
import org.jspecify.annotations.Nullable;

/**
 * A webhook in an answer.
 *
 * @param sessionId           the session with which the webhook ends; null for none
 * @param secret              only in the answers to the requests that make one
 * @param previousSecretUntil until when the product also signs with the previous secret
 * @param state               enabled or disabled
 * @param reason              why it is disabled
 * @param disabledAt          since when it is disabled
 */
public record WebhookAnswer(UUID webhookId, String url, List<String> types, @Nullable UUID conversationId,
    @Nullable UUID sessionId, @Nullable String secret, @Nullable Instant previousSecretUntil,
    Instant createdAt, String state, @Nullable String reason, @Nullable Instant disabledAt) {

  static WebhookAnswer of(Webhook webhook) {
    return of(webhook, null, null);
  }

  static WebhookAnswer created(Webhook webhook) {
    return of(webhook, webhook.secret().text(), null);
  }

  static WebhookAnswer rotated(Webhook webhook) {
    return of(webhook, webhook.secret().text(), webhook.oldSecrets().lastKey());
  }

  private static WebhookAnswer of(Webhook webhook, @Nullable String secret, @Nullable Instant previousUntil) {
    return new WebhookAnswer(webhook.id(), webhook.url().toString(), webhook.typeTexts(),
        webhook.conversationId(), webhook.sessionId(), secret, previousUntil, webhook.createdAt(),
        webhook.isEnabled() ? "enabled" : "disabled", webhook.disabledReason(), webhook.disabledAt());
  }

  /** Leaves the secret out, because the text may be logged. */
  @Override
  public String toString() {
    return "WebhookAnswer[" + webhookId + "]";
  }
}
