package dev.knatter.chat.erasure;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.chat.account.Bindings;
import dev.knatter.chat.account.Bindings.Subject;
import dev.knatter.chat.account.ErasedNames;
import dev.knatter.chat.account.Username;
import dev.knatter.chat.publication.Publications;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import dev.knatter.shared.store.Redis;
import org.jspecify.annotations.Nullable;

/**
 * Accepts orders to erase users from systems that are trusted to give them, so that no password is checked. A user
 * whose erasure has been ordered is found until all of it is done, so that an order that failed half way can be
 * repeated. {@link ErasureSweep} carries the erasures out.
 */
public final class TrustedErasures {
  private final Cassandra cassandra;
  private final Bindings bindings;
  private final ErasureOrders orders;
  private final AccountClosing closing;
  private final ErasurePlacing placing;
  private final Cql selectOwner;
  private final Cql selectName;

  /** A user who can be erased. */
  public record Erasable(UUID userId, Username username) {}

  public TrustedErasures(Cassandra cassandra, Redis redis, Clock clock, ErasedNames names,
      Publications publications) {
    this.cassandra = cassandra;
    this.bindings = new Bindings(cassandra);
    this.orders = new ErasureOrders(cassandra);
    this.closing = new AccountClosing(cassandra, redis, clock);
    this.placing = new ErasurePlacing(clock, names, orders, closing, publications);
    this.selectOwner = cassandra.serialRead("SELECT user_id FROM accounts WHERE username = ?");
    this.selectName = cassandra.cql("SELECT username FROM users WHERE user_id = ?");
  }

  public Optional<Erasable> find(Username name) {
    UUID owner = owner(name);
    ErasureOrder order = owner == null ? orders.find(name.value()) : null;
    return Optional.ofNullable(order == null ? owner : order.userId())
      .map(user -> new Erasable(user, name));
  }

  public Optional<Erasable> find(UUID user) {
    ErasureOrder order = orders.find(user);
    Row row = order == null ? cassandra.one(selectName.bind(user)) : null;
    return Username.parse(order != null ? order.username() : row == null ? null : row.getString("username"))
      .map(name -> new Erasable(user, name));
  }

  /** @param person whom the outside issuer vouches for */
  public Optional<Erasable> find(Subject person) {
    return bindings.find(person).map(bound -> new Erasable(bound.userId(), bound.username()));
  }

  /**
   * Orders an erasure. When this returns, the account is closed; the rest follows later. May be repeated. Also erases
   * a user whose account is only being made, but nobody who got the name instead of that user.
   *
   * @throws dev.knatter.shared.DomainError.Unavailable if the outcome is not known; the same order may be given again
   */
  public void begin(Erasable user) {
    ErasureOrder order = orders.find(user.userId());
    if (order != null) {
      ErasureProgress _ = closing.begin(order);
      return;
    }
    UUID owner = owner(user.username());
    if (owner == null || owner.equals(user.userId())) {
      ErasureReport _ = placing.place(user.userId(), user.username().value());
    }
  }

  private @Nullable UUID owner(Username name) {
    Row row = cassandra.one(selectOwner.bind(name.value()));
    return row == null ? null : row.getUuid("user_id");
  }
}
