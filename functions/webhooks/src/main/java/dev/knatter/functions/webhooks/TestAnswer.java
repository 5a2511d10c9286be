package dev.knatter.functions.webhooks;

import dev.knatter.chat.webhook.DeliveryOutcome;
import org.jspecify.annotations.Nullable;

/** The outcome of a test event. status: the status of the receiver's answer, null without an answer; outcome: a sentence. */
public record TestAnswer(boolean delivered, @Nullable Integer status, String outcome, long latencyMs) {
  static TestAnswer of(DeliveryOutcome outcome) {
    return new TestAnswer(outcome.isDelivered(), outcome.status(), outcome.words(),
        outcome.latency().toMillis());
  }
}
