package dev.knatter.functions.deliver;

import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import dev.knatter.adapter.json.InvalidInput;
import dev.knatter.adapter.json.Json;
import dev.knatter.chat.webhook.WebhookDelivery;
import dev.knatter.chat.webhook.WebhookEvent;
import dev.knatter.chat.webhook.WebhookType;
import dev.knatter.shared.Checks;
import dev.knatter.shared.DomainError.InvalidRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Tells webhooks of a sent message. It takes only the ids from the event's data and reads everything else from the store.
 * It answers 202 even if a receiver could not be reached, because the product itself tries again later, and the broker need
 * not.
 */
final class DeliverFunction implements Function<Message<byte[]>, Message<byte[]>> {
  private final WebhookDelivery delivery;
  private final Json json = new Json();

  DeliverFunction(WebhookDelivery delivery) {
    this.delivery = delivery;
  }

  @Override
  public Message<byte[]> apply(Message<byte[]> message) {
    delivery.deliver(event(message.getPayload()));
    return MessageBuilder.withPayload(new byte[0]).setHeader("statusCode", 202).build();
  }

  private WebhookEvent event(byte[] data) {
    Map<String, @Nullable Object> fields;
    try {
      fields = json.object(data);
    } catch (InvalidInput e) {
      throw new InvalidRequest("/data", "must be a JSON object");
    }
    Checks checks = new Checks();
    UUID conversation = id(checks, fields, "conversationId");
    UUID message = id(checks, fields, "id");
    checks.done();
    if (conversation == null || message == null) {
      throw new IllegalStateException("checks that passed");
    }
    return new WebhookEvent(WebhookType.MESSAGE_SENT, conversation, message);
  }

  private static @Nullable UUID id(Checks checks, Map<String, @Nullable Object> fields, String name) {
    String text = fields.get(name) instanceof String value ? value : "";
    return checks.uuid(text, "/data/" + name);
  }
}
