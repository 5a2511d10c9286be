package dev.knatter.functions.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.knatter.chat.account.Passwords;
import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/** The input of a password change: the current password and the new one. */
public record PasswordRequest(@Nullable String current, @JsonProperty("new") @Nullable String new_) {
  /** The checked input. */
  record Checked(String current, String wanted) {
    /** Leaves the passwords out, because the text may be logged. */
    @Override
    public String toString() {
      return "Checked";
    }
  }

  /** @param username of the account */
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

  /** Leaves the passwords out, because the text may be logged. */
  @Override
  public String toString() {
    return "PasswordRequest";
  }
}
