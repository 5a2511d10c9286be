package dev.knatter.chat.account;

import dev.knatter.chat.account.Device.PublicKey;
import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/** A user's public key, as others see it. keyId, algorithm, publicKey: as in {@link PublicKey}; device: its name. */
public record DeviceKey(String keyId, String algorithm, String publicKey, @Nullable String device) {
  static DeviceKey of(PublicKey key, @Nullable String device) {
    return new DeviceKey(key.id(), key.algorithm(), key.base64(), device);
  }

  /** Checks the caller's values. All errors are reported together, at JSON pointers of the members' names. */
  public static DeviceKey checked(String keyId, @Nullable String algorithm, @Nullable String publicKey,
      @Nullable String device) {
    Checks checks = new Checks();
    checks.require(algorithm != null, "/algorithm", "is required");
    checks.require(publicKey != null, "/publicKey", "is required");
    DisplayName.check(checks, device, "/device");
    PublicKey key = algorithm == null || publicKey == null
        ? null
        : PublicKey.check(checks, "", keyId, algorithm, publicKey);
    checks.done();
    if (key == null) {
      throw new IllegalStateException("checks that passed");
    }
    return of(key, device);
  }
}
