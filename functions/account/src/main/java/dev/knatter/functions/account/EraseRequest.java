package dev.knatter.functions.account;

import dev.knatter.chat.account.Passwords;
import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/** The input of an erasure. password: the account's password; absent if the account has none. */
public record EraseRequest(@Nullable String password) {
  @Nullable
  String checked() {
    if (password != null) {
      Checks checks = new Checks();
      Passwords.check(checks, password, "/password");
      checks.done();
    }
    return password;
  }

  /** Leaves the password out, because the text may be logged. */
  @Override
  public String toString() {
    return "EraseRequest";
  }
}
