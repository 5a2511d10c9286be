package dev.knatter.functions.register;

import dev.knatter.chat.account.NewAccount;
import org.jspecify.annotations.Nullable;

/** The body of a registration, not checked yet. */
public record RegisterRequest(@Nullable String username, @Nullable String password,
    @Nullable String phoneNumber,
    @Nullable String displayName) {

  NewAccount checked() {
    return NewAccount.checked(username, password, phoneNumber, displayName);
  }

  /** Leaves the password out, because the text may be logged. */
  @Override
  public String toString() {
    return "RegisterRequest";
  }
}
