package dev.knatter.chat.conversation;

import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/**
 * The newest message of each conversation of a user, by which the list of conversations is sorted. Each message overwrites it:
 * a column that is never part of a key, so that no message deletes a row. Who enters a message in a member's inbox writes it too,
 * for direct conversations as for groups. It may be lost, and then the conversation is listed too far down until its next
 * message.
 */
public final class ConversationActivity {
  private final Cql update;

  public ConversationActivity(Cassandra cassandra) {
    this.update = cassandra.cql("UPDATE conversations_by_user USING TIMESTAMP ? SET activity = ?"
        + " WHERE user_id = ? AND conversation_id = ?");
  }

  /** The statement that makes a message the newest, unless a newer one is known already. */
  public BatchableStatement<?> update(UUID user, UUID conversation, UUID message) {
    return update.bind(Uuid7.millis(message) * 1_000, message, user, conversation);
  }
}
