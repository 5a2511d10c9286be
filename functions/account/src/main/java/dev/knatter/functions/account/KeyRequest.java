package dev.knatter.functions.account;

import dev.knatter.chat.account.DeviceKey;
import org.jspecify.annotations.Nullable;

/** The input of storing a key, not checked yet. keyId: of the path; publicKey: base64; device: the device's name. */
public record KeyRequest(String keyId, @Nullable String algorithm, @Nullable String publicKey,
    @Nullable String device) {

  DeviceKey checked() {
    return DeviceKey.checked(keyId, algorithm, publicKey, device);
  }
}
