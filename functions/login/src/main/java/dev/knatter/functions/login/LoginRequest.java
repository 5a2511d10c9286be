package dev.knatter.functions.login;

import java.net.URI;

import dev.knatter.chat.account.Device;
import dev.knatter.chat.account.Passwords;
import dev.knatter.chat.account.Username;
import dev.knatter.chat.webhook.WebhookUrls;
import dev.knatter.shared.Checks;
import org.jspecify.annotations.Nullable;

/** The body of a login, not checked yet. cookie: whether a cookie shall hold the refresh token; absent means false. */
public record LoginRequest(@Nullable String username, @Nullable String password,
    @Nullable DeviceRequest device, @Nullable Boolean cookie) {
  /** The device on which the session will run. */
  public record DeviceRequest(@Nullable String name, @Nullable String address, @Nullable String keyId,
      @Nullable String algorithm, @Nullable String publicKey) {}

  /** The checked input. webhook: the address of the device, if it is a URL that is told of messages. */
  record Checked(Username username, String password, Device device, @Nullable URI webhook) {
    /** Leaves the password out, because the text may be logged. */
    @Override
    public String toString() {
      return "Checked[" + username.value() + "]";
    }
  }

  boolean wantsCookie() {
    return cookie != null && cookie;
  }

  Checked checked(WebhookUrls urls) {
    Checks checks = new Checks();
    Username name = Username.check(checks, username, "/username").orElse(null);
    Passwords.check(checks, password, "/password");
    Device on = device == null
        ? Device.UNKNOWN
        : Device.check(checks, "/device", device.name(), device.address(), device.keyId(), device.algorithm(),
            device.publicKey());
    String address = on.address();
    URI webhook = address != null && urls.isWebhook(address)
        ? urls.check(checks, address, "/device/address")
        : null;
    checks.done();
    if (name == null || password == null) {
      throw new IllegalStateException("checks that passed");
    }
    return new Checked(name, password, on, webhook);
  }

  /** Leaves the password out, because the text may be logged. */
  @Override
  public String toString() {
    return "LoginRequest";
  }
}
