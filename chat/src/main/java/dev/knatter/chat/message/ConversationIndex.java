package dev.knatter.chat.message;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLongArray;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/**
 * Which slices of which conversations are known to have their row in {@code conversations}, which a message's batch
 * otherwise writes again. A fixed table of fingerprints: it costs half a megabyte however many conversations there
 * are, and forgetting costs one more row in a batch.
 */
final class ConversationIndex {
  private static final int PLACES = 1 << 16;

  private final AtomicLongArray known = new AtomicLongArray(PLACES);
  private final Cql insert;
  private final Cql insertSlice;

  ConversationIndex(Cassandra cassandra) {
    this.insert = cassandra
      .cql("INSERT INTO conversations (conversation_id, kind, members, slice) VALUES (?, ?, ?, ?)");
    this.insertSlice = cassandra.cql("INSERT INTO conversations (conversation_id, slice) VALUES (?, ?)");
  }

  boolean knows(UUID conversation, long slice) {
    long fingerprint = fingerprint(conversation, slice);
    return known.get(place(fingerprint)) == fingerprint;
  }

  void learn(UUID conversation, long slice) {
    long fingerprint = fingerprint(conversation, slice);
    known.lazySet(place(fingerprint), fingerprint);
  }

  BatchableStatement<?> insert(Conversation conversation, long slice) {
    return insert.bind(conversation.id(), conversation.kind(), conversation.members(), slice);
  }

  /** The same, from what one of its messages tells of a conversation: who is in it, where that is two people. */
  BatchableStatement<?> insert(Message message, long slice) {
    UUID recipient = message.recipient();
    return recipient == null
        ? insertSlice.bind(message.conversationId(), slice)
        : insert(Conversation.direct(message.sender(), recipient), slice);
  }

  /** A conversation's id is a hash already; the slice is mixed in so that its bits reach all of the result. */
  private static long fingerprint(UUID conversation, long slice) {
    return conversation.getMostSignificantBits() * 31 + conversation.getLeastSignificantBits()
        ^ slice * 0x9E37_79B9_7F4A_7C15L;
  }

  private static int place(long fingerprint) {
    return (int) (fingerprint >>> 48) & (PLACES - 1);
  }
}
