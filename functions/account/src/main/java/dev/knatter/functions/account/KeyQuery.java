package dev.knatter.functions.account;

import dev.knatter.chat.account.Device.PublicKey;
import dev.knatter.shared.Checks;

/** The input of deleting a key. keyId: of the path, not checked yet. */
public record KeyQuery(String keyId) {
  String checked() {
    Checks checks = new Checks();
    PublicKey.checkId(checks, keyId, "/keyId");
    checks.done();
    return keyId;
  }
}
