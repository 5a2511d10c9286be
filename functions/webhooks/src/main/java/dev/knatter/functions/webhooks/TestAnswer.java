package dev.knatter.functions.webhooks;

import dev.knatter.chat.webhook.DeliveryOutcome;
import org.jspecify.annotations.Nullable;

/** What became of a test event. status: of the receiver's answer, if there was one; outcome: a sentence. */
public record TestAnswer(boolean delivered, @Nullable Integer status, String outcome, long latencyMs) {
  static TestAnswer of(DeliveryOutcome outcome) {
    return new TestAnswer(outcome.isDelivered(), outcome.status(), outcome.words(),
        outcome.latency().toMillis());
  }
}
