package dev.knatter.chat.account;

import java.util.Set;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.chat.limit.UserInvalidations;
import dev.knatter.shared.DomainError.Forbidden;
import dev.knatter.shared.DomainError.InvalidRequest;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import dev.knatter.shared.token.Identity;
import org.jspecify.annotations.Nullable;

/**
 * The people whom each user has blocked. They are stored in the account rows that a send reads anyway, so blocks cost
 * a send no read. Once {@link #block} returns, every send that begins later obeys it: {@link UserInvalidations} makes
 * all processes read the row again. If Redis loses that, a process may use the old row until its cache entry expires,
 * for at most a minute.
 */
public final class Blocks {
  /** How many people one user can block. The set is read as a whole, so it must stay small. */
  public static final int MAX = 1_000;

  private final Cassandra cassandra;
  private final UserInvalidations invalidations;
  private final Cql select;
  private final Cql addByName;
  private final Cql addById;
  private final Cql removeByName;
  private final Cql removeById;

  public Blocks(Cassandra cassandra, UserInvalidations invalidations) {
    this.cassandra = cassandra;
    this.invalidations = invalidations;
    this.select = cassandra.cql("SELECT blocked FROM users WHERE user_id = ?");
    this.addByName = cassandra.cql("UPDATE accounts SET blocked = blocked + ? WHERE username = ?");
    this.addById = cassandra.cql("UPDATE users SET blocked = blocked + ? WHERE user_id = ?");
    this.removeByName = cassandra.cql("UPDATE accounts SET blocked = blocked - ? WHERE username = ?");
    this.removeById = cassandra.cql("UPDATE users SET blocked = blocked - ? WHERE user_id = ?");
  }

  /** The ids of the users whom a user has blocked. */
  public Set<UUID> of(UUID user) {
    return blocked(cassandra.one(select.bind(user)));
  }

  /** The set in a row that has the column {@code blocked}. */
  static Set<UUID> blocked(@Nullable Row row) {
    Set<UUID> blocked = row == null ? null : row.getSet("blocked", UUID.class);
    return blocked == null ? Set.of() : Set.copyOf(blocked);
  }

  /**
   * Blocks a user. Does nothing if the user is blocked already.
   *
   * @throws InvalidRequest if the caller blocks themselves
   * @throws Forbidden if the caller has blocked {@value #MAX} others
   */
  public void block(Identity caller, UUID other) {
    if (other.equals(caller.userId())) {
      throw new InvalidRequest("/username", "must be somebody else's");
    }
    Set<UUID> known = of(caller.userId());
    if (known.size() >= MAX && !known.contains(other)) {
      throw new Forbidden("So many people are blocked already that no more can be.");
    }
    write(addByName, addById, caller, other);
  }

  /** Unblocks a user. Does nothing if the user is not blocked. */
  public void unblock(Identity caller, UUID other) {
    write(removeByName, removeById, caller, other);
  }

  /** Writes both rows with one timestamp, so that of a concurrent block and unblock the same one wins in both rows. */
  private void write(Cql byName, Cql byId, Identity caller, UUID other) {
    cassandra.execute(BatchStatement.newInstance(DefaultBatchType.LOGGED,
        byName.bind(Set.of(other), caller.username()), byId.bind(Set.of(other), caller.userId()))
      .setIdempotent(true));
    invalidations.invalidate(other); // after the write, so that a process which sees the invalidation reads the new row
  }
}
