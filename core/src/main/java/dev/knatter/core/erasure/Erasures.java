package dev.knatter.core.erasure;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.core.DomainError.Forbidden;
import dev.knatter.core.DomainError.InvalidRequest;
import dev.knatter.core.DomainError.NotFound;
import dev.knatter.core.account.ErasedNames;
import dev.knatter.core.account.Passwords;
import dev.knatter.core.limit.Guesses;
import dev.knatter.core.limit.Network;
import dev.knatter.core.limit.RateLimit;
import dev.knatter.core.store.Cassandra;
import dev.knatter.core.store.Cql;
import dev.knatter.core.store.Redis;
import dev.knatter.core.token.Identity;
import org.jspecify.annotations.Nullable;

/** Takes orders to erase people. What is left to do after the order, {@link ErasureSweep} does. */
public final class Erasures {
  private final Cassandra cassandra;
  private final Clock clock;
  private final Passwords passwords;
  private final ErasedNames names;
  private final Guesses guesses;
  private final Orders orders;
  private final Reports reports;
  private final Closing closing;
  private final Cql select;

  public Erasures(Cassandra cassandra, Redis redis, Clock clock, Passwords passwords, ErasedNames names) {
    this.cassandra = cassandra;
    this.clock = clock;
    this.passwords = passwords;
    this.names = names;
    this.guesses = new Guesses(redis, RateLimit.PASSWORD);
    this.orders = new Orders(cassandra);
    this.reports = new Reports(cassandra);
    this.closing = new Closing(cassandra, redis, clock);
    this.select = cassandra.cql("SELECT user_id, password_hash FROM accounts WHERE username = ?");
  }

  /**
   * Has the caller erased. Once it returns his account is closed, and the rest will follow. Where he has ordered it
   * before, it is that erasure again, without regard to the password: there may be none any more to compare it with.
   *
   * @param password may be null, and is not looked at, where the account has none because it is of an outside issuer
   * @param from     where the caller is; null where that is not known
   * @throws Forbidden   where the password is another
   * @throws dev.knatter.core.DomainError.Unavailable where the outcome is not known; it may have been ordered, and be asked for again
   */
  public Report begin(Identity caller, @Nullable String password, @Nullable Network from) {
    Order order = orders.find(caller.userId());
    return closing.begin(order == null ? place(caller, password, from) : order).report();
  }

  private Order place(Identity caller, @Nullable String password, @Nullable Network from) {
    try {
      requireOwner(caller, password, from);
    } catch (NotFound gone) {
      Order others = orders.find(caller.userId()); // given at this very moment
      if (others == null) {
        throw gone;
      }
      return others;
    }
    return orders.place(caller.userId(), UUID.randomUUID(), caller.username(),
        names.hash(caller.username()), clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  /** What has become of an erasure. */
  public Optional<Report> report(UUID erasure) {
    return Optional.ofNullable(reports.find(erasure)).map(Progress::report);
  }

  private void requireOwner(Identity caller, @Nullable String password, @Nullable Network from) {
    Row row = cassandra.one(select.bind(caller.username()));
    if (row == null || !caller.userId().equals(row.getUuid("user_id"))) {
      throw new NotFound("There is no such account.");
    }
    String hash = row.getString("password_hash");
    if (hash == null) {
      return; // the issuer vouches for him, and nobody else can
    }
    if (password == null) {
      throw new InvalidRequest("/password", "is required");
    }
    boolean right = guesses
      .guess(caller.username(), from,
          () -> passwords.verify(password, hash) ? Optional.of(caller) : Optional.empty())
      .isPresent();
    if (!right) {
      throw new Forbidden("The password is another.");
    }
  }
}
