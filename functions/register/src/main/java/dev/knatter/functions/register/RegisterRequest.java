package dev.knatter.functions.register;

import dev.knatter.chat.account.NewAccount;
import org.jspecify.annotations.Nullable;

/** The body as it came. */
public record RegisterRequest(@Nullable String username, @Nullable String password,
    @Nullable String phoneNumber,
    @Nullable String displayName) {

  NewAccount checked() {
    return NewAccount.checked(username, password, phoneNumber, displayName);
  }

  /** Without the password: this may end up in a log. */
  @Override
  public String toString() {
    return "RegisterRequest";
  }
}
