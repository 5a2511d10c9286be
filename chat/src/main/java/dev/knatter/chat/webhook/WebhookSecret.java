package dev.knatter.chat.webhook;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

import dev.knatter.shared.Base64Text;
import dev.knatter.shared.Hmac;

/** A secret of a webhook, with which deliveries to it are signed. Only its owner and the receiver know it. */
public final class WebhookSecret {
  private static final String PREFIX = "whsec_";
  private static final int BYTES = 32;

  private final byte[] bytes;

  private WebhookSecret(byte[] bytes) {
    this.bytes = bytes;
  }

  static WebhookSecret mint(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new WebhookSecret(bytes);
  }

  /** The secret with these bytes. */
  public static WebhookSecret of(ByteBuffer stored) {
    byte[] bytes = new byte[stored.remaining()];
    stored.duplicate().get(bytes);
    return new WebhookSecret(bytes);
  }

  ByteBuffer stored() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /** The form in which its owner gets it, once. */
  public String text() {
    return PREFIX + Base64Text.encode(bytes);
  }

  byte[] sign(byte[]... parts) {
    return new Hmac(bytes).of(parts);
  }

  /** Leaves the secret out, because the text may be logged. */
  @Override
  public String toString() {
    return "WebhookSecret";
  }
}
