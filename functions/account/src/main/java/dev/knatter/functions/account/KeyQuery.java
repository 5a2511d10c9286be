package dev.knatter.functions.account;

import dev.knatter.chat.account.Device.PublicKey;
import dev.knatter.shared.Checks;

/** Which key the path names, as it came. */
public record KeyQuery(String keyId) {
  String checked() {
    Checks checks = new Checks();
    PublicKey.checkId(checks, keyId, "/keyId");
    checks.done();
    return keyId;
  }
}
