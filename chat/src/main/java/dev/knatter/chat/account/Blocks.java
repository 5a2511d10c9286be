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
 * Whom a user does not want to hear from. Kept in the rows by which senders find him, so that no send reads anything
 * for it. Once a block returns, it holds for every send that begins afterwards: the blocked one's notice has all
 * processes look. Should Redis lose that, one that remembers the user lets messages pass until it has forgotten him,
 * for a minute at most.
 */
public final class Blocks {
  /** How many people one can block: whoever writes to him reads them all, now and then. */
  public static final int MAX = 1_000;

  private final Cassandra cassandra;
  private final UserInvalidations notices;
  private final Cql select;
  private final Cql addByName;
  private final Cql addById;
  private final Cql removeByName;
  private final Cql removeById;

  public Blocks(Cassandra cassandra, UserInvalidations notices) {
    this.cassandra = cassandra;
    this.notices = notices;
    this.select = cassandra.cql("SELECT blocked FROM users WHERE user_id = ?");
    this.addByName = cassandra.cql("UPDATE accounts SET blocked = blocked + ? WHERE username = ?");
    this.addById = cassandra.cql("UPDATE users SET blocked = blocked + ? WHERE user_id = ?");
    this.removeByName = cassandra.cql("UPDATE accounts SET blocked = blocked - ? WHERE username = ?");
    this.removeById = cassandra.cql("UPDATE users SET blocked = blocked - ? WHERE user_id = ?");
  }

  /** Whom a user has blocked. */
  public Set<UUID> of(UUID user) {
    return blocked(cassandra.one(select.bind(user)));
  }

  /** Of a row that has the column. */
  static Set<UUID> blocked(@Nullable Row row) {
    Set<UUID> blocked = row == null ? null : row.getSet("blocked", UUID.class);
    return blocked == null ? Set.of() : Set.copyOf(blocked);
  }

  /**
   * Blocks somebody; nothing where he is blocked already.
   *
   * @throws InvalidRequest where that is the caller himself
   * @throws Forbidden where the caller has blocked {@value #MAX} others
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

  /** Lets somebody write again; nothing where he is not blocked. */
  public void unblock(Identity caller, UUID other) {
    write(removeByName, removeById, caller, other);
  }

  /** Both rows, with one timestamp: of a block and an unblocking at once, the same one wins in both. */
  private void write(Cql byName, Cql byId, Identity caller, UUID other) {
    cassandra.execute(BatchStatement.newInstance(DefaultBatchType.LOGGED,
        byName.bind(Set.of(other), caller.username()), byId.bind(Set.of(other), caller.userId()))
      .setIdempotent(true));
    notices.post(other); // after it is stored: whoever finds the notice reads what it is about
  }
}
