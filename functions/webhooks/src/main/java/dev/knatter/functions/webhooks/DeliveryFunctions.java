package dev.knatter.functions.webhooks;

import java.util.UUID;

import dev.knatter.chat.webhook.DeliveryReports;
import dev.knatter.chat.webhook.TestDelivery;
import dev.knatter.chat.webhook.Webhook;
import dev.knatter.chat.webhook.Webhooks;
import dev.knatter.guard.Caller;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Shows the outcome of deliveries to a webhook of the caller, and sends a test event to it. */
final class DeliveryFunctions {
  private final Webhooks webhooks;
  private final DeliveryReports reports;
  private final TestDelivery tests;

  DeliveryFunctions(Webhooks webhooks, DeliveryReports reports, TestDelivery tests) {
    this.webhooks = webhooks;
    this.reports = reports;
    this.tests = tests;
  }

  Message<DeliveriesAnswer> list(Message<WebhookPath> message) {
    Webhook webhook = webhooks.require(Caller.of(message).identity().userId(), message.getPayload().id());
    return new GenericMessage<>(new DeliveriesAnswer(reports.newest(webhook.id())));
  }

  Message<TestAnswer> test(Message<WebhookPath> message) {
    UUID caller = Caller.of(message).identity().userId();
    return new GenericMessage<>(TestAnswer.of(tests.send(caller, message.getPayload().id())));
  }
}
