package dev.knatter.chat.account;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/**
 * Finds a user's id by name and the name by id. A name never changes its owner, so both are cached for a minute. A
 * name that nobody has is not cached, because it may be registered in the next moment.
 */
public final class Usernames {
  private static final int REMEMBERED = 20_000;
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final Cassandra cassandra;
  private final Cql selectByName;
  private final Cql selectById;
  private final Cache<String, UUID> ids = Caffeine.newBuilder()
    .maximumSize(REMEMBERED)
    .expireAfterWrite(FRESH)
    .executor(Runnable::run)
    .build();
  private final Cache<UUID, String> names = Caffeine.newBuilder()
    .maximumSize(REMEMBERED)
    .expireAfterWrite(FRESH)
    .executor(Runnable::run)
    .build();

  public Usernames(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.selectByName = cassandra.cql("SELECT user_id FROM accounts WHERE username = ?");
    this.selectById = cassandra.cql("SELECT user_id, username FROM users WHERE user_id = ?");
  }

  /** The id of the user with this name, as the caller wrote it. */
  public Optional<UUID> id(String text) {
    return Username.parse(text).map(Username::value).flatMap(name -> {
      UUID known = ids.getIfPresent(name);
      if (known != null) {
        return Optional.of(known);
      }
      Row row = cassandra.one(selectByName.bind(name));
      UUID id = row == null ? null : row.getUuid("user_id");
      if (id != null) {
        ids.put(name, id);
        names.put(id, name);
      }
      return Optional.ofNullable(id);
    });
  }

  /** Caches the name of a caller, which the access token contains. */
  public void remember(UUID user, String name) {
    if (names.getIfPresent(user) == null) {
      names.put(user, name);
    }
  }

  /** The names of users by id. A user who does not exist any more is missing. */
  public Map<UUID, String> of(Collection<UUID> users) {
    Map<UUID, String> found = new HashMap<>();
    List<CompletionStage<AsyncResultSet>> reads = new ArrayList<>();
    Set<UUID> asked = new HashSet<>(users);
    for (UUID user : asked) {
      String known = names.getIfPresent(user);
      if (known != null) {
        found.put(user, known);
      } else {
        reads.add(cassandra.submit(selectById.bind(user)));
      }
    }
    for (CompletionStage<AsyncResultSet> read : reads) {
      Row row = cassandra.join(read).one();
      UUID id = row == null ? null : row.getUuid("user_id");
      String name = row == null ? null : row.getString("username");
      if (id != null && name != null) {
        names.put(id, name);
        found.put(id, name);
      }
    }
    return found;
  }
}
