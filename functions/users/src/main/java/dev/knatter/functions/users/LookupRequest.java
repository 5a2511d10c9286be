package dev.knatter.functions.users;

import dev.knatter.chat.account.NewAccount;
import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/** Whose number is sought. phoneNumber: E.164. */
public record LookupRequest(@Nullable String phoneNumber) {
  String checked() {
    Checks checks = new Checks();
    checks.require(phoneNumber != null, "/phoneNumber", "is required");
    NewAccount.checkPhoneNumber(checks, phoneNumber, "/phoneNumber");
    checks.done();
    return phoneNumber == null ? "" : phoneNumber;
  }

  /** Without the number: this may end up in a log. */
  @Override
  public String toString() {
    return "LookupRequest";
  }
}
