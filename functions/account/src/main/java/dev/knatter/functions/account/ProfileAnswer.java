package dev.knatter.functions.account;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.knatter.chat.account.DeviceKey;
import dev.knatter.chat.account.Profile;
import org.jspecify.annotations.Nullable;

/** The caller's profile, as the caller sees it. phoneNumber: E.164; publicKeys: ordered by keyId. */
public record ProfileAnswer(UUID userId, String username, @Nullable String displayName,
    @Nullable String phoneNumber, boolean readReceipts, boolean showLastSeen, Instant createdAt,
    List<DeviceKey> publicKeys) {

  static ProfileAnswer of(Profile profile, @Nullable String phoneNumber) {
    return new ProfileAnswer(profile.userId(), profile.username(), profile.displayName(), phoneNumber,
        profile.readReceipts(), profile.showLastSeen(), profile.createdAt(), profile.keys());
  }
}
