package dev.knatter.chat.erasure;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.chat.account.ErasedNames;
import dev.knatter.chat.account.Passwords;
import dev.knatter.chat.limit.Network;
import dev.knatter.chat.limit.PasswordThrottle;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.shared.DomainError.Forbidden;
import dev.knatter.shared.DomainError.InvalidRequest;
import dev.knatter.shared.DomainError.NotFound;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import dev.knatter.shared.store.Redis;
import dev.knatter.shared.token.Identity;
import org.jspecify.annotations.Nullable;

/** Takes orders to erase people. What is left to do after the order, {@link ErasureSweep} does. */
public final class Erasures {
  private final Cassandra cassandra;
  private final Clock clock;
  private final Passwords passwords;
  private final ErasedNames names;
  private final PasswordThrottle guesses;
  private final ErasureOrders orders;
  private final ErasureReports reports;
  private final AccountClosing closing;
  private final Cql select;

  public Erasures(Cassandra cassandra, Redis redis, Clock clock, Passwords passwords, ErasedNames names) {
    this.cassandra = cassandra;
    this.clock = clock;
    this.passwords = passwords;
    this.names = names;
    this.guesses = new PasswordThrottle(redis, RateLimit.PASSWORD);
    this.orders = new ErasureOrders(cassandra);
    this.reports = new ErasureReports(cassandra);
    this.closing = new AccountClosing(cassandra, redis, clock);
    this.select = cassandra.cql("SELECT user_id, password_hash FROM accounts WHERE username = ?");
  }

  /**
   * Has the caller erased. Once it returns his account is closed, and the rest will follow. Where he has ordered it
   * before, it is that erasure again, without regard to the password: there may be none any more to compare it with.
   *
   * @param password may be null, and is not looked at, where the account has none because it is of an outside issuer
   * @param from     where the caller is; null where that is not known
   * @throws Forbidden   where the password is another
   * @throws dev.knatter.shared.DomainError.Unavailable where the outcome is not known; it may have been ordered, and be asked for again
   */
  public ErasureReport begin(Identity caller, @Nullable String password, @Nullable Network from) {
    ErasureOrder order = orders.find(caller.userId());
    return closing.begin(order == null ? place(caller, password, from) : order).report();
  }

  private ErasureOrder place(Identity caller, @Nullable String password, @Nullable Network from) {
    try {
      requireOwner(caller, password, from);
    } catch (NotFound gone) {
      ErasureOrder others = orders.find(caller.userId()); // given at this very moment
      if (others == null) {
        throw gone;
      }
      return others;
    }
    return orders.place(caller.userId(), UUID.randomUUID(), caller.username(),
        names.hash(caller.username()), clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  /** What has become of an erasure. */
  public Optional<ErasureReport> report(UUID erasure) {
    return Optional.ofNullable(reports.find(erasure)).map(ErasureProgress::report);
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
