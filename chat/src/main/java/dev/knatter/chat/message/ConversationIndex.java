package dev.knatter.chat.message;

import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/**
 * Writes the rows of the table {@code conversations}, the index of each conversation's slices. It remembers which rows
 * exist, so that a message's batch can leave them out.
 */
final class ConversationIndex {
  private static final int REMEMBERED = 20_000;

  private record Slice(UUID conversation, long start) {}

  private final Cache<Slice, Boolean> stored = Caffeine.newBuilder()
    .maximumSize(REMEMBERED)
    .executor(Runnable::run)
    .build();
  private final Cql insert;
  private final Cql insertSlice;

  ConversationIndex(Cassandra cassandra) {
    this.insert = cassandra
      .cql("INSERT INTO conversations (conversation_id, kind, members, slice) VALUES (?, ?, ?, ?)");
    this.insertSlice = cassandra.cql("INSERT INTO conversations (conversation_id, slice) VALUES (?, ?)");
  }

  boolean isStored(UUID conversation, long slice) {
    return stored.getIfPresent(new Slice(conversation, slice)) != null;
  }

  void markStored(UUID conversation, long slice) {
    stored.put(new Slice(conversation, slice), true);
  }

  /** The members of a group change, and are elsewhere. */
  BatchableStatement<?> insert(Conversation conversation, long slice) {
    return Conversation.isGroup(conversation.id())
        ? insertSlice.bind(conversation.id(), slice)
        : insert.bind(conversation.id(), conversation.kind(), conversation.members(), slice);
  }

  /** Like the other, from a message. It writes the members only if the conversation is a direct one. */
  BatchableStatement<?> insert(Message message, long slice) {
    UUID recipient = message.recipient();
    return recipient == null
        ? insertSlice.bind(message.conversationId(), slice)
        : insert(Conversation.direct(message.sender(), recipient), slice);
  }
}
