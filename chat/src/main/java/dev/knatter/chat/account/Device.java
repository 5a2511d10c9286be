package dev.knatter.chat.account;

import java.util.regex.Pattern;

import dev.knatter.shared.Base64Text;
import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/**
 * The device on which a session runs. name: shown to the device's owner; address: where the device can be notified;
 * key: other people encrypt with it for this device.
 */
public record Device(@Nullable String name, @Nullable String address, @Nullable PublicKey key) {
  private static final int MAX_ADDRESS = 128;

  public static final Device UNKNOWN = new Device(null, null, null);

  /** Checks the caller's values. Errors are added to {@code checks}, at JSON pointers below {@code pointer}. */
  public static Device check(Checks checks, String pointer, @Nullable String name, @Nullable String address,
      @Nullable String keyId, @Nullable String algorithm, @Nullable String publicKey) {
    DisplayName.check(checks, name, pointer + "/name");
    checks.require(address == null || isAddress(address), pointer + "/address",
        "must be 1 to " + MAX_ADDRESS + " characters without control characters");
    return new Device(name, address, PublicKey.check(checks, pointer, keyId, algorithm, publicKey));
  }

  private static boolean isAddress(String text) {
    int characters = text.codePointCount(0, text.length());
    return characters >= 1 && characters <= MAX_ADDRESS && Checks.isUnicode(text)
        && text.codePoints().noneMatch(Character::isISOControl);
  }

  /**
   * A public key. id: 1 to 64 of A-Z, a-z, 0-9, '.', '_' and '-'; algorithm: a name that clients agree on, such as
   * X25519 or ECDH-ES+A256KW; base64: canonical, with padding, at most 4,096 characters.
   */
  public record PublicKey(String id, String algorithm, String base64) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern ALGORITHM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+/-]{0,63}");
    private static final int MAX_BASE64 = 4_096;

    static @Nullable PublicKey check(Checks checks, String pointer, @Nullable String id,
        @Nullable String algorithm, @Nullable String base64) {
      if (id == null && algorithm == null && base64 == null) {
        return null;
      }
      if (id == null || algorithm == null || base64 == null) {
        checks.require(false, pointer, "keyId, algorithm and publicKey must be given together");
        return null;
      }
      checkId(checks, id, pointer + "/keyId");
      checks.require(ALGORITHM.matcher(algorithm).matches(), pointer + "/algorithm",
          "must be a name of 1 to 64 of A-Z, a-z, 0-9, '.', '_', '+', '/' and '-'");
      String canonical = Base64Text.decode(base64).map(Base64Text::encode).orElse("");
      checks.require(!canonical.isEmpty() && canonical.length() <= MAX_BASE64, pointer + "/publicKey",
          "must be base64 of at most " + MAX_BASE64 + " characters");
      return new PublicKey(id, algorithm, canonical);
    }

    /** Adds an error if no key can have this id. */
    public static void checkId(Checks checks, String id, String pointer) {
      checks.require(ID.matcher(id).matches(), pointer, "must be 1 to 64 of A-Z, a-z, 0-9, '.', '_' and '-'");
    }
  }
}
