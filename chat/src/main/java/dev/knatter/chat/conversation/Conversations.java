package dev.knatter.chat.conversation;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.knatter.shared.DomainError.NotFound;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/** Finds conversations by id. The batch of a conversation's first message writes its row. */
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
    Row row = cassandra.one(select.bind(id));
    String kind = row == null ? null : row.getString("kind");
    if (row == null || kind == null) {
      return Optional.empty();
    }
    Conversation found = new Conversation(id, kind, row.getList("members", UUID.class));
    known.put(id, found);
    return Optional.of(found);
  }

  /** The conversation, if the user is a member. For anybody else it is not found. */
  public Conversation ofMember(UUID id, UUID user) {
    return find(id).filter(conversation -> conversation.has(user))
      .orElseThrow(() -> new NotFound("There is no such conversation."));
  }
}
