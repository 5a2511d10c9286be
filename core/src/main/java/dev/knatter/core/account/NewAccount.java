package dev.knatter.core.account;

import java.util.regex.Pattern;

import dev.knatter.core.Checks;
import org.jspecify.annotations.Nullable;

/** What a registration asks for; checked. phoneNumber: E.164, such as +15551234567. */
public record NewAccount(Username username, String password, @Nullable String phoneNumber,
    @Nullable String displayName) {

  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");
  private static final int MAX_DISPLAY_NAME = 64;

  /** Checks what a caller gave; refuses it with everything that is wrong. */
  public static NewAccount checked(@Nullable String username, @Nullable String password,
      @Nullable String phoneNumber, @Nullable String displayName) {
    Checks checks = new Checks();
    Username name = Username.check(checks, username, "/username").orElse(new Username("nobody"));
    Passwords.checkNew(checks, password, name.value(), "/password");
    checkPhoneNumber(checks, phoneNumber, "/phoneNumber");
    checkDisplayName(checks, displayName, "/displayName");
    checks.done();
    return new NewAccount(name, password == null ? "" : password, phoneNumber, displayName);
  }

  /** Notes an error where a number is none; absent is fine. */
  public static void checkPhoneNumber(Checks checks, @Nullable String number, String pointer) {
    checks.require(number == null || E164.matcher(number).matches(), pointer,
        "must be an E.164 number such as +15551234567");
  }

  /** Notes an error where a name to be shown is none; absent is fine. */
  public static void checkDisplayName(Checks checks, @Nullable String name, String pointer) {
    checks.require(name == null || isDisplayName(name), pointer,
        "must be 1 to 64 characters without control characters");
  }

  /** Without the password: this may end up in a log. */
  @Override
  public String toString() {
    return "NewAccount[" + username.value() + "]";
  }

  static boolean isDisplayName(String text) {
    int characters = text.codePointCount(0, text.length());
    return characters >= 1 && characters <= MAX_DISPLAY_NAME && !text.isBlank() && Checks.isUnicode(text)
        && text.codePoints().noneMatch(Character::isISOControl);
  }
}
