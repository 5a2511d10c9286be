package dev.knatter.chat.message;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLongArray;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/**
 * Writes the rows of the table {@code conversations}, the index of each conversation's slices. It remembers in memory
 * which rows exist, so that a message's batch can leave them out. The memory is a fixed table of fingerprints of half
 * a megabyte; if one fingerprint replaces another, a batch writes one row more.
 */
final class ConversationIndex {
  private static final int SLOTS = 1 << 16;

  private final AtomicLongArray fingerprints = new AtomicLongArray(SLOTS);
  private final Cql insert;
  private final Cql insertSlice;

  ConversationIndex(Cassandra cassandra) {
    this.insert = cassandra
      .cql("INSERT INTO conversations (conversation_id, kind, members, slice) VALUES (?, ?, ?, ?)");
    this.insertSlice = cassandra.cql("INSERT INTO conversations (conversation_id, slice) VALUES (?, ?)");
  }

  boolean isStored(UUID conversation, long slice) {
    long fingerprint = fingerprint(conversation, slice);
    return fingerprints.get(slot(fingerprint)) == fingerprint;
  }

  void markStored(UUID conversation, long slice) {
    long fingerprint = fingerprint(conversation, slice);
    fingerprints.lazySet(slot(fingerprint), fingerprint);
  }

  BatchableStatement<?> insert(Conversation conversation, long slice) {
    return insert.bind(conversation.id(), conversation.kind(), conversation.members(), slice);
  }

  /** Like the other, from a message. It writes the members only if the conversation is a direct one. */
  BatchableStatement<?> insert(Message message, long slice) {
    UUID recipient = message.recipient();
    return recipient == null
        ? insertSlice.bind(message.conversationId(), slice)
        : insert(Conversation.direct(message.sender(), recipient), slice);
  }

  /** Mixes the slice into the conversation's id, which is a hash already, so that the slice changes all bits. */
  private static long fingerprint(UUID conversation, long slice) {
    return conversation.getMostSignificantBits() * 31 + conversation.getLeastSignificantBits()
        ^ slice * 0x9E37_79B9_7F4A_7C15L;
  }

  private static int slot(long fingerprint) {
    return (int) (fingerprint >>> 48) & (SLOTS - 1);
  }
}
