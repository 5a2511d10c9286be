package dev.knatter.functions.account;

import dev.knatter.chat.account.Passwords;
import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/** The password that proves whose account it is. Absent where it has none. */
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

  /** Without the password: this may end up in a log. */
  @Override
  public String toString() {
    return "EraseRequest";
  }
}
