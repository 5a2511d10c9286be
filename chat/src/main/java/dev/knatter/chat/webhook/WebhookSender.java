package dev.knatter.chat.webhook;

import java.time.Duration;

/** Sends an event to the URL of a webhook, signed, and says what became of it. It throws nothing. */
@FunctionalInterface
public interface WebhookSender {
  /** How long an attempt takes at most. */
  Duration LONGEST = Duration.ofSeconds(10);

  DeliveryOutcome send(WebhookRequest request);
}
