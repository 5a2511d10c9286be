package dev.knatter.client.session;

import org.jspecify.annotations.Nullable;

/**
 * What a session runs on.
 *
 * @param name for its owner to know it by
 * @param address where it can be notified; an https URL is a webhook of the session
 * @param keyId the name of a key by which others may encrypt for the device; with {@code algorithm} and {@code publicKey}
 * @param publicKey in base64
 */
public record Device(@Nullable String name, @Nullable String address, @Nullable String keyId,
    @Nullable String algorithm, @Nullable String publicKey) {
  public static Device named(String name) {
    return new Device(name, null, null, null, null);
  }
}
