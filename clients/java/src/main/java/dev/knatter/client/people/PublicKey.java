package dev.knatter.client.people;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A key by which others may encrypt for a device.
 *
 * @param publicKey in base64
 * @param device for its owner to know it by
 */
public record PublicKey(String keyId, String algorithm, String publicKey, @Nullable String device) {
  public PublicKey {
    Objects.requireNonNull(keyId, "keyId");
    Objects.requireNonNull(algorithm, "algorithm");
    Objects.requireNonNull(publicKey, "publicKey");
  }
}
