package dev.knatter.chat.account;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A user's profile, which is public but for the choices about read receipts and presence.
 *
 * @param displayName  as in {@link DisplayName}
 * @param readReceipts whether others see how far the user has read, and the user sees it of others
 * @param showLastSeen whether others see when the user was last here, and the user sees it of others
 * @param keys         by id, at most {@link PublicKeys#MAX}
 */
public record Profile(UUID userId, String username, @Nullable String displayName, boolean readReceipts,
    boolean showLastSeen, Instant createdAt, List<DeviceKey> keys) {}
