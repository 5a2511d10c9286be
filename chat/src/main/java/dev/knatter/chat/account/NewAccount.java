package dev.knatter.chat.account;

import java.util.regex.Pattern;

import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/** The checked input of a registration. phoneNumber: E.164, such as +15551234567. */
public record NewAccount(Username username, String password, @Nullable String phoneNumber,
    @Nullable String displayName) {

  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");

  /** Checks the caller's values. All errors are reported together. */
  public static NewAccount checked(@Nullable String username, @Nullable String password,
      @Nullable String phoneNumber, @Nullable String displayName) {
    Checks checks = new Checks();
    Username name = Username.check(checks, username, "/username").orElse(new Username("nobody"));
    Passwords.checkNew(checks, password, name.value(), "/password");
    checkPhoneNumber(checks, phoneNumber, "/phoneNumber");
    DisplayName.check(checks, displayName, "/displayName");
    checks.done();
    return new NewAccount(name, password == null ? "" : password, phoneNumber, displayName);
  }

  /** Adds an error if the number is not valid. An absent number is valid. */
  public static void checkPhoneNumber(Checks checks, @Nullable String number, String pointer) {
    checks.require(number == null || E164.matcher(number).matches(), pointer,
        "must be an E.164 number such as +15551234567");
  }

  /** Leaves the password out, because the text may be logged. */
  @Override
  public String toString() {
    return "NewAccount[" + username.value() + "]";
  }
}
