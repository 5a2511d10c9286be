package dev.knatter.chat.conversation;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.jspecify.annotations.Nullable;

/**
 * Finds direct conversations by id. The batch of a conversation's first message writes its row. Groups are never found here,
 * because their members change: {@link Memberships} knows them.
 */
public final class Conversations {
  private static final int REMEMBERED = 20_000;
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final Cassandra cassandra;
  private final Cql select;
  private final Cache<UUID, Conversation> known = Caffeine.newBuilder()
    .maximumSize(REMEMBERED)
    .expireAfterWrite(FRESH)
    .executor(Runnable::run)
    .build();

  public Conversations(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.select = cassandra.cql("SELECT kind, members FROM conversations WHERE conversation_id = ? LIMIT 1");
  }

  public Optional<Conversation> find(UUID id) {
    Conversation remembered = known.getIfPresent(id);
    if (remembered != null) {
      return Optional.of(remembered);
    }
    return present(id);
  }

  /** The same, read from the store and not from the cache. */
  public Optional<Conversation> present(UUID id) {
    if (Conversation.isGroup(id)) {
      return Optional.empty();
    }
    return conversation(id, cassandra.one(select.bind(id)));
  }

  /** Some direct conversations by id, read in parallel. Those that do not exist are missing. */
  public Map<UUID, Conversation> findAll(Collection<UUID> ids) {
    Map<UUID, CompletionStage<AsyncResultSet>> reads = new HashMap<>();
    Map<UUID, Conversation> found = new HashMap<>();
    for (UUID id : ids) {
      Conversation remembered = known.getIfPresent(id);
      if (remembered != null) {
        found.put(id, remembered);
      } else {
        reads.put(id, cassandra.submit(select.bind(id)));
      }
    }
    reads.forEach((id, read) -> conversation(id, cassandra.join(read).one())
      .ifPresent(conversation -> found.put(id, conversation)));
    return found;
  }

  private Optional<Conversation> conversation(UUID id, @Nullable Row row) {
    String kind = row == null ? null : row.getString("kind");
    if (row == null || kind == null) {
      return Optional.empty();
    }
    Conversation found = new Conversation(id, kind, row.getList("members", UUID.class));
    known.put(id, found);
    return Optional.of(found);
  }
}
