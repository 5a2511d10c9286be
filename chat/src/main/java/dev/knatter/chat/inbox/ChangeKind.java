package dev.knatter.chat.inbox;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/** Why a message is entered in inboxes again. The tables {@code inbox} and {@code outbox} store the names. */
public enum ChangeKind {
  EDITED, DELETED,
  /** Somebody has reacted to the message, or has taken a reaction back. */
  REACTED;

  /** The kind with this name; null for null. A later release may store more names: each of them is a change, too. */
  static @Nullable ChangeKind of(@Nullable String name) {
    return name == null
        ? null
        : Arrays.stream(values()).filter(kind -> kind.name().equals(name)).findFirst().orElse(EDITED);
  }
}
