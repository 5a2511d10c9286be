package dev.knatter.functions.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.knatter.chat.account.Passwords;
import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/** The password that the caller has, and the one that he wants. */
public record PasswordRequest(@Nullable String current, @JsonProperty("new") @Nullable String new_) {
  /** What the body says, once it is known to be valid. */
  record Checked(String current, String wanted) {
    /** Without the passwords: this may end up in a log. */
    @Override
    public String toString() {
      return "Checked";
    }
  }

  /** @param username whose password it is to be */
  Checked checked(String username) {
    Checks checks = new Checks();
    Passwords.check(checks, current, "/current");
    Passwords.checkNew(checks, new_, username, "/new");
    checks.done();
    if (current == null || new_ == null) {
      throw new IllegalStateException("checks that passed");
    }
    return new Checked(current, new_);
  }

  /** Without the passwords: this may end up in a log. */
  @Override
  public String toString() {
    return "PasswordRequest";
  }
}
