package dev.knatter.chat.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.group.ConversationsOfUser.Entry;
import dev.knatter.shared.Chunks;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ConversationsOfUserTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  /** More than the driver reads in one page. */
  private static final int PARTNERS = 5_200;
  private static final long FIRST = 1_700_000_000_000L;

  private final Cassandra cassandra = stores.cassandra();
  private final UUID user = UUID.randomUUID();

  /** A conversation with each, one after the other. Returns their ids, the newest first. */
  private List<UUID> writtenTo(int partners) {
    Cql insert = cassandra
      .cql("INSERT INTO conversations_by_user (user_id, conversation_id, activity) VALUES (?, ?, ?)");
    List<UUID> conversations = new ArrayList<>();
    List<BatchableStatement<?>> rows = new ArrayList<>();
    for (int i = 0; i < partners; i++) {
      UUID conversation = Conversation.direct(user, UUID.randomUUID()).id();
      conversations.add(conversation);
      rows.add(insert.bind(user, conversation, Uuid7.floor(FIRST + i)));
    }
    for (List<BatchableStatement<?>> some : Chunks.of(rows, 200)) {
      cassandra.execute(BatchStatement.newInstance(DefaultBatchType.UNLOGGED, some));
    }
    return conversations.reversed();
  }

  @Test
  void list_hasTheNewest_ofMoreThanAnybodyShows() {
    List<UUID> direct = writtenTo(PARTNERS);
    UUID group = UUID.randomUUID();
    cassandra.execute(cassandra
      .cql("INSERT INTO conversations_by_user (user_id, conversation_id, is_member, activity)"
          + " VALUES (?, ?, true, ?)")
      .bind(user, group, Uuid7.floor(FIRST)));

    ConversationsOfUser conversations = new ConversationsOfUser(cassandra);
    assertThat(conversations.of(user)).extracting(Entry::conversation)
      .containsExactlyElementsOf(direct.subList(0, ConversationsOfUser.MAX_LISTED));
    assertThat(conversations.direct(user, 50)).isEqualTo(direct.subList(0, 50));
    assertThat(conversations.entriesOfGroups(user)).extracting(Entry::conversation).containsExactly(group);
  }
}
