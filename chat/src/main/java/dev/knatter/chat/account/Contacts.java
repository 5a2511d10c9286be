package dev.knatter.chat.account;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
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
 * What users have chosen about being seen by others: whom they have blocked, and whether they show when they were last here. For
 * what is told and not stored. An answer is at most four seconds old.
 */
public final class Contacts {
  private static final Duration FRESH = Duration.ofSeconds(4);
  private static final int REMEMBERED = 10_000;

  private final Cassandra cassandra;
  private final Cql select;
  private final Cache<UUID, Contact> known = Caffeine.newBuilder()
    .maximumSize(REMEMBERED)
    .expireAfterWrite(FRESH)
    .executor(Runnable::run)
    .build();

  /** showsLastSeen: whether others see that the user is online, and the user sees it of others */
  public record Contact(UUID userId, String username, Set<UUID> blocked, boolean showsLastSeen) {
    /** Whether one of the two has blocked the other. */
    public boolean isApartFrom(Contact other) {
      return blocked.contains(other.userId) || other.blocked.contains(userId);
    }
  }

  public Contacts(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.select = cassandra
      .cql("SELECT user_id, username, blocked, show_last_seen FROM users WHERE user_id = ?");
  }

  /** Some users by id, read in parallel. Who was erased is missing. */
  public Map<UUID, Contact> of(Collection<UUID> users) {
    Map<UUID, Contact> found = new HashMap<>();
    Map<UUID, CompletionStage<AsyncResultSet>> reads = new HashMap<>();
    for (UUID user : users) {
      Contact contact = known.getIfPresent(user);
      if (contact == null) {
        reads.computeIfAbsent(user, id -> cassandra.submit(select.bind(id)));
      } else {
        found.put(user, contact);
      }
    }
    reads.forEach((user, read) -> {
      Row row = cassandra.join(read).one();
      String name = row == null ? null : row.getString("username");
      if (row != null && name != null) {
        Contact contact = new Contact(user, name, Blocks.blocked(row), shows(row));
        known.put(user, contact);
        found.put(user, contact);
      }
    });
    return found;
  }

  static boolean shows(Row row) {
    return row.isNull("show_last_seen") || row.getBoolean("show_last_seen");
  }
}
