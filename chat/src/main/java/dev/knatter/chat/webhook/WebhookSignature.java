package dev.knatter.chat.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

import dev.knatter.shared.Base64Text;

/**
 * The signature of a delivery, as Standard Webhooks 1.0.0 defines it:
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme
 */
public final class WebhookSignature {
  private WebhookSignature() {}

  /**
   * The value of {@code webhook-signature}: one signature for each secret. The receiver accepts any that it can verify.
   *
   * @param id the value of {@code webhook-id}
   * @param at the value of {@code webhook-timestamp}, of which whole seconds count
   */
  public static String of(List<WebhookSecret> secrets, String id, Instant at, byte[] body) {
    byte[] head = (id + "." + at.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8);
    return secrets.stream()
      .map(secret -> "v1," + Base64Text.encode(secret.sign(head, body)))
      .collect(Collectors.joining(" "));
  }
}
