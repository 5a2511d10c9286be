package dev.knatter.core.erasure;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.knatter.core.account.Names;
import dev.knatter.core.conversation.Conversation;
import dev.knatter.core.conversation.Conversations;
import dev.knatter.core.delivery.Inbox.Reference;
import dev.knatter.core.message.Deletions;
import dev.knatter.core.page.News;

/**
 * Takes back what somebody has said. Those whom he said it to see that there was a message; where none of them is there
 * any more, the message goes whole, and its conversation with it.
 */
final class MessageErasing {
  private final Conversations conversations;
  private final Names names;
  private final Deletions deletions;
  private final News news;

  MessageErasing(Conversations conversations, Names names, Deletions deletions, News news) {
    this.conversations = conversations;
    this.names = names;
    this.deletions = deletions;
    this.news = news;
  }

  /**
   * Of a page of his inbox.
   *
   * @param last whether nobody looks again: until then a message of which nothing may be left is emptied only, so that
   *     it is found by whoever repeats this
   * @return how many messages there were his, and how many of them had content until now
   */
  Deletions.Outcome erase(UUID user, List<Reference> page, Instant when, boolean last) {
    Map<UUID, List<UUID>> messages = new LinkedHashMap<>();
    for (Reference row : page) {
      messages.computeIfAbsent(row.conversation(), _ -> new ArrayList<>()).add(row.id());
    }
    int found = 0;
    int deleted = 0;
    for (Map.Entry<UUID, List<UUID>> some : messages.entrySet()) {
      Deletions.Outcome outcome = erase(user, some.getKey(), some.getValue(), when, last);
      found += outcome.found();
      deleted += outcome.deleted();
    }
    return new Deletions.Outcome(found, deleted);
  }

  private Deletions.Outcome erase(UUID user, UUID conversation, Collection<UUID> ids, Instant when,
      boolean last) {
    // Without its row nobody knows who else is in it: it may be on its way.
    List<UUID> others = conversations.find(conversation)
      .map(Conversation::members)
      .orElse(List.of(conversation))
      .stream()
      .filter(member -> !member.equals(user))
      .toList();
    boolean deserted = last && !others.contains(conversation) && names.of(others).isEmpty();
    Deletions.Outcome outcome = deserted
        ? deletions.remove(conversation, ids, user)
        : deletions.empty(conversation, ids, user, when);
    if (outcome.deleted() > 0) {
      news.tell(conversation, List.of()); // pages that were cached with the content are not found from now on
    }
    return outcome;
  }
}
