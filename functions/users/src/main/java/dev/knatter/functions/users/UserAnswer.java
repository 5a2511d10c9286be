package dev.knatter.functions.users;

import java.util.List;
import java.util.UUID;

import dev.knatter.chat.account.DeviceKey;
import dev.knatter.chat.account.Profile;
import org.jspecify.annotations.Nullable;

/** A user's public profile. publicKeys: ordered by keyId. */
public record UserAnswer(UUID userId, String username, @Nullable String displayName,
    List<DeviceKey> publicKeys) {

  static UserAnswer of(Profile profile) {
    return new UserAnswer(profile.userId(), profile.username(), profile.displayName(), profile.keys());
  }
}
