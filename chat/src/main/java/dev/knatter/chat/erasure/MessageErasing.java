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
import dev.knatter.chat.inbox.Inbox.Reference;
import dev.knatter.chat.message.Deletions;
import dev.knatter.chat.delivery.Notifier;

/**
 * Takes back what somebody has said. Those whom he said it to see that there was a message; where none of them is there
 * any more, the message goes whole, and its conversation with it.
 */
final class MessageErasing {
  private final Conversations conversations;
  private final Usernames names;
  private final ErasureOrders orders;
  private final Deletions deletions;
  private final Notifier news;

  MessageErasing(Conversations conversations, Usernames names, ErasureOrders orders, Deletions deletions,
      Notifier news) {
    this.conversations = conversations;
    this.names = names;
    this.orders = orders;
    this.deletions = deletions;
    this.news = news;
  }

  /** How many messages of his a part of his inbox leads to that have content. */
  int count(UUID user, List<Reference> page) {
    int count = 0;
    for (Map.Entry<UUID, List<UUID>> some : byConversation(page).entrySet()) {
      count += deletions.count(some.getKey(), some.getValue(), user);
    }
    return count;
  }

  /**
   * Takes back what a part of his inbox leads to.
   *
   * @param last whether nobody looks again: until then a message of which nothing may be left is emptied only
   */
  void erase(ErasureOrder order, List<Reference> page, boolean last) {
    for (Map.Entry<UUID, List<UUID>> some : byConversation(page).entrySet()) {
      UUID conversation = some.getKey();
      boolean whole = last && isLeftTo(order, conversation, some.getValue());
      boolean changed = whole
          ? deletions.remove(conversation, some.getValue())
          : deletions.empty(conversation, some.getValue(), order.userId(), order.startedAt());
      if (changed) {
        news.tell(conversation, List.of()); // pages that were cached with the content are not found from now on
      }
    }
  }

  private static Map<UUID, List<UUID>> byConversation(List<Reference> page) {
    Map<UUID, List<UUID>> messages = new LinkedHashMap<>();
    for (Reference row : page) {
      List<UUID> ids = messages.computeIfAbsent(row.conversation(), _ -> new ArrayList<>());
      if (!ids.contains(row.id())) { // entered anew, a message is in an inbox twice
        ids.add(row.id());
      }
    }
    return messages;
  }

  /** Whether nobody is in a conversation but he, and those who are being erased since before him. */
  private boolean isLeftTo(ErasureOrder order, UUID conversation, List<UUID> ids) {
    List<UUID> others = members(conversation, ids).stream()
      .filter(member -> !member.equals(order.userId()))
      .toList();
    return names.of(others).isEmpty()
        && others.stream().map(orders::find).allMatch(other -> other == null || other.isBefore(order));
  }

  /** By the messages where its own row is gone: a page before has taken that with it. */
  private Collection<UUID> members(UUID conversation, List<UUID> ids) {
    return conversations.find(conversation)
      .<Collection<UUID>>map(Conversation::members)
      .orElseGet(() -> deletions.people(conversation, ids));
  }
}
