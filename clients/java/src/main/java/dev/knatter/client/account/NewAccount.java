package dev.knatter.client.account;

import org.jspecify.annotations.Nullable;

/**
 * Whom to register.
 *
 * @param phoneNumber E.164
 */
public record NewAccount(String username, String password, @Nullable String phoneNumber,
    @Nullable String displayName) {
  public NewAccount(String username, String password) {
    this(username, password, null, null);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "account of " + username;
  }
}
