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
 * Tells webhooks that a message was sent, edited or deleted. It takes only the type from the event, and the ids and the
 * version from its data. It reads everything else from the store.
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
    delivery.deliver(event(message.getHeaders().get("ce-type"), message.getPayload()));
    return MessageBuilder.withPayload(new byte[0]).setHeader("statusCode", 202).build();
  }

  private WebhookEvent event(@Nullable Object type, byte[] data) {
    WebhookType known = WebhookType.of(String.valueOf(type))
      .orElseThrow(
          () -> new InvalidRequest("/type", "must be one of " + String.join(", ", WebhookType.texts())));
    Map<String, @Nullable Object> fields;
    try {
      fields = json.object(data);
    } catch (InvalidInput e) {
      throw new InvalidRequest("/data", "must be a JSON object");
    }
    Checks checks = new Checks();
    UUID conversation = id(checks, fields, "conversationId");
    UUID message = id(checks, fields, "id");
    int version = known == WebhookType.MESSAGE_EDITED ? version(checks, fields) : WebhookEvent.NONE;
    checks.done();
    if (conversation == null || message == null) {
      throw new IllegalStateException("checks that passed");
    }
    return new WebhookEvent(known, conversation, message, version);
  }

  private static int version(Checks checks, Map<String, @Nullable Object> fields) {
    int version = fields.get("version") instanceof Number value ? value.intValue() : 0;
    checks.require(version > 0, "/data/version", "must be the version that the edit has made");
    return version;
  }

  private static @Nullable UUID id(Checks checks, Map<String, @Nullable Object> fields, String name) {
    String text = fields.get(name) instanceof String value ? value : "";
    return checks.uuid(text, "/data/" + name);
  }
}
