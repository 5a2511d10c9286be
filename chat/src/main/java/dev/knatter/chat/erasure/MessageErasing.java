package dev.knatter.chat.erasure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.knatter.chat.account.Usernames;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.conversation.Conversations;
import dev.knatter.chat.delivery.Notifier;
import dev.knatter.chat.inbox.ChangeKind;
import dev.knatter.chat.inbox.Inbox.Reference;
import dev.knatter.chat.message.Deletions;
import dev.knatter.chat.reaction.Reactions;

/**
 * Erases the messages of a user. The other members still see that there was a message. If all members of a
 * conversation are erased, the whole messages and the conversation are deleted.
 */
final class MessageErasing {
  private final Conversations conversations;
  private final Usernames names;
  private final ErasureOrders orders;
  private final Deletions deletions;
  private final Reactions reactions;
  private final Notifier notifier;

  MessageErasing(Conversations conversations, Usernames names, ErasureOrders orders, Deletions deletions,
      Reactions reactions, Notifier notifier) {
    this.conversations = conversations;
    this.names = names;
    this.orders = orders;
    this.deletions = deletions;
    this.reactions = reactions;
    this.notifier = notifier;
  }

  /** Counts the user's messages with content that a page of the user's inbox refers to. */
  int count(UUID user, List<Reference> page) {
    int count = 0;
    for (Map.Entry<UUID, List<UUID>> some : byConversation(page).entrySet()) {
      count += deletions.count(some.getKey(), some.getValue(), user);
    }
    return count;
  }

  /**
   * Erases the user's messages that a page of the user's inbox refers to, and the user's reactions to messages. A
   * reaction has always entered its message in the inbox of the user who reacted.
   *
   * @param last whether this is the last pass; only then are whole messages deleted
   */
  void erase(ErasureOrder order, List<Reference> page, boolean last) {
    byConversation(page.stream().filter(row -> row.kind() == ChangeKind.REACTED).toList())
      .forEach((conversation, ids) -> reactions.deleteOfUser(order.userId(), conversation, ids));
    for (Map.Entry<UUID, List<UUID>> some : byConversation(page).entrySet()) {
      UUID conversation = some.getKey();
      // A group that everybody has left is deleted by itself.
      boolean deleteWhole = last && !Conversation.isGroup(conversation)
          && areAllOthersErased(order, conversation, some.getValue());
      boolean changed = deleteWhole
          ? deletions.deleteWhole(conversation, some.getValue())
          : deletions.deleteContent(conversation, some.getValue(), order.userId(), order.startedAt());
      if (changed) {
        notifier.conversationChanged(conversation, List.of()); // invalidates cached pages
      }
    }
  }

  private static Map<UUID, List<UUID>> byConversation(List<Reference> page) {
    Map<UUID, List<UUID>> messages = new LinkedHashMap<>();
    for (Reference row : page) {
      List<UUID> ids = messages.computeIfAbsent(row.conversation(), _ -> new ArrayList<>());
      if (!ids.contains(row.id())) { // the sweep may have entered a message twice
        ids.add(row.id());
      }
    }
    return messages;
  }

  /** Whether all other members of a conversation are erased, or are being erased since before this order. */
  private boolean areAllOthersErased(ErasureOrder order, UUID conversation, List<UUID> ids) {
    List<UUID> others = members(conversation, ids).stream()
      .filter(member -> !member.equals(order.userId()))
      .toList();
    return names.of(others).isEmpty()
        && others.stream().map(orders::find).allMatch(other -> other == null || other.isBefore(order));
  }

  /** The conversation's members. If an earlier page has deleted its row, the messages name them. */
  private Collection<UUID> members(UUID conversation, List<UUID> ids) {
    return conversations.find(conversation)
      .<Collection<UUID>>map(Conversation::members)
      .orElseGet(() -> deletions.participants(conversation, ids));
  }
}
