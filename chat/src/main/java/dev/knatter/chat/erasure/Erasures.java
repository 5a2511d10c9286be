package dev.knatter.chat.erasure;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.chat.account.ErasedNames;
import dev.knatter.chat.account.Passwords;
import dev.knatter.chat.limit.Network;
import dev.knatter.chat.limit.PasswordThrottle;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.chat.publication.Publications;
import dev.knatter.shared.DomainError.Forbidden;
import dev.knatter.shared.DomainError.InvalidRequest;
import dev.knatter.shared.DomainError.NotFound;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import dev.knatter.shared.store.Redis;
import dev.knatter.shared.token.Identity;
import org.jspecify.annotations.Nullable;

/** Accepts orders to erase users and reports their progress. {@link ErasureSweep} carries them out. */
public final class Erasures {
  private final Cassandra cassandra;
  private final Passwords passwords;
  private final PasswordThrottle throttle;
  private final ErasureOrders orders;
  private final ErasureReports reports;
  private final AccountClosing closing;
  private final ErasurePlacing placing;
  private final Cql select;

  /** Erasures that are not published. */
  public Erasures(Cassandra cassandra, Redis redis, Clock clock, Passwords passwords, ErasedNames names) {
    this(cassandra, redis, clock, passwords, names, Publications.NONE);
  }

  public Erasures(Cassandra cassandra, Redis redis, Clock clock, Passwords passwords, ErasedNames names,
      Publications publications) {
    this.cassandra = cassandra;
    this.passwords = passwords;
    this.throttle = new PasswordThrottle(redis, RateLimit.PASSWORD);
    this.orders = new ErasureOrders(cassandra);
    this.reports = new ErasureReports(cassandra);
    this.closing = new AccountClosing(cassandra, redis, clock);
    this.placing = new ErasurePlacing(clock, names, orders, closing, publications);
    this.select = cassandra.cql("SELECT user_id, password_hash FROM accounts WHERE username = ?");
  }

  /**
   * Orders the erasure of the caller. When this returns, the account is closed; the rest follows later. If the caller
   * has ordered it before, the same erasure is returned and the password is not checked, because the account may not
   * have it any more.
   *
   * @param password may be null, and is ignored, if the account has none because it belongs to an outside issuer's user
   * @param from     the caller's network; null if it is not known
   * @throws Forbidden   if the password is wrong
   * @throws dev.knatter.shared.DomainError.Unavailable if the outcome is not known; the caller may send the same order
   *     again
   */
  public ErasureReport begin(Identity caller, @Nullable String password, @Nullable Network from) {
    ErasureOrder order = orders.find(caller.userId());
    if (order == null) {
      try {
        requireOwner(caller, password, from);
      } catch (NotFound gone) {
        order = orders.find(caller.userId()); // a concurrent request has placed the order
        if (order == null) {
          throw gone;
        }
      }
    }
    return order == null
        ? placing.place(caller.userId(), caller.username())
        : closing.begin(order).report();
  }

  /** The report of an erasure; empty if there is none. */
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
      return; // the issuer authenticates this user, and there is no password to check
    }
    if (password == null) {
      throw new InvalidRequest("/password", "is required");
    }
    boolean right = throttle
      .attempt(caller.username(), from,
          () -> passwords.verify(password, hash) ? Optional.of(caller) : Optional.empty())
      .isPresent();
    if (!right) {
      throw new Forbidden("The password is another.");
    }
  }
}
