package dev.knatter.functions.account;

import dev.knatter.core.Checks;
import dev.knatter.core.account.NewAccount;
import org.jspecify.annotations.Nullable;

/** What to change of a profile. displayName: 1 to 64 characters; phoneNumber: E.164. */
public record ProfileChange(@Nullable FieldChange displayName, @Nullable FieldChange phoneNumber) {
  void check() {
    Checks checks = new Checks();
    NewAccount.checkDisplayName(checks, FieldChange.valueOf(displayName), "/displayName");
    NewAccount.checkPhoneNumber(checks, FieldChange.valueOf(phoneNumber), "/phoneNumber");
    checks.done();
  }

  /** Without what it says: this may end up in a log. */
  @Override
  public String toString() {
    return "ProfileChange";
  }
}
