package dev.knatter.functions.account;

import dev.knatter.chat.account.DeviceKey;
import org.jspecify.annotations.Nullable;

/** A key to have. keyId: of the path; publicKey: base64, as the caller wrote it; device: a name for what it is on. */
public record KeyRequest(String keyId, @Nullable String algorithm, @Nullable String publicKey,
    @Nullable String device) {

  DeviceKey checked() {
    return DeviceKey.checked(keyId, algorithm, publicKey, device);
  }
}
