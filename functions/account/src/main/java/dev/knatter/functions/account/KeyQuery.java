package dev.knatter.functions.account;

import dev.knatter.core.Checks;
import dev.knatter.core.account.Device.PublicKey;

/** Which key the path names, as it came. */
public record KeyQuery(String keyId) {
  String checked() {
    Checks checks = new Checks();
    PublicKey.checkId(checks, keyId, "/keyId");
    checks.done();
    return keyId;
  }
}
