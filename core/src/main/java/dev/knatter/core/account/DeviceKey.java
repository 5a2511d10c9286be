package dev.knatter.core.account;

import dev.knatter.core.account.Device.PublicKey;
import org.jspecify.annotations.Nullable;

/** A public key of a user. device: the name of what it is on, 1 to 64 characters. */
public record DeviceKey(PublicKey key, @Nullable String device) {}
