package dev.knatter.functions.users;

import dev.knatter.chat.account.NewAccount;
import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/** The body of a lookup, not checked yet. phoneNumber: E.164. */
public record LookupRequest(@Nullable String phoneNumber) {
  String checked() {
    Checks checks = new Checks();
    checks.require(phoneNumber != null, "/phoneNumber", "is required");
    NewAccount.checkPhoneNumber(checks, phoneNumber, "/phoneNumber");
    checks.done();
    return phoneNumber == null ? "" : phoneNumber;
  }

  /** Leaves the number out, because the text may be logged. */
  @Override
  public String toString() {
    return "LookupRequest";
  }
}
