package dev.knatter.chat.page;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.Membership;
import dev.knatter.chat.conversation.Memberships;
import dev.knatter.chat.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * What users may see of the messages to which their inboxes refer. A reference to a message of a group stays in the inbox of a
 * member who leaves, so this asks at each read whether the user is a member, and from which message on they see the group.
 *
 * @param ownToo whether users see what they wrote in groups that they have left, as in an export
 */
record Visibility(Memberships memberships, boolean ownToo) {

  /** The messages among the found ones that the user may see. In direct conversations these are all. */
  Map<UUID, Message> of(UUID user, Map<UUID, Message> found) {
    Set<UUID> groups = new HashSet<>();
    for (Message message : found.values()) {
      if (Conversation.isGroup(message.conversationId())) {
        groups.add(message.conversationId());
      }
    }
    if (groups.isEmpty()) {
      return found;
    }
    Map<UUID, Membership> mine = memberships.find(groups, user);
    Map<UUID, Message> visible = new HashMap<>(found);
    visible.values()
      .removeIf(message -> groups.contains(message.conversationId())
          && !isVisible(user, message, mine.get(message.conversationId())));
    return visible;
  }

  private boolean isVisible(UUID user, Message message, @Nullable Membership membership) {
    return (membership != null && membership.sees(message.id())) || (ownToo && message.sender().equals(user));
  }
}
