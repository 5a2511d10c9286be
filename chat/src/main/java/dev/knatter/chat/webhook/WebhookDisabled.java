package dev.knatter.chat.webhook;

import java.util.UUID;

/** Is told of every webhook that was disabled because nothing could be delivered to it. */
@FunctionalInterface
public interface WebhookDisabled {
  /** @param reason a sentence for the webhook's owner */
  void disabled(UUID userId, UUID webhookId, String reason);
}
