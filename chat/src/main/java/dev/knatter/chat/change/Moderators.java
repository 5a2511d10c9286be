package dev.knatter.chat.change;

import java.util.UUID;

/** Who may delete the messages of others. */
@FunctionalInterface
public interface Moderators {
  /** Whether a member of a conversation is its owner or a moderator at this moment. */
  boolean mayDelete(UUID conversation, UUID member);
}
