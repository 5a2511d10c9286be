package dev.knatter.chat.account;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.jspecify.annotations.Nullable;

/**
 * Whom a message can be sent to, by name or by id, and whom each of them has blocked, which stands in the very row that
 * is read to find him. What was found is remembered for less than a minute: so long can a block be unknown here at most,
 * and only to who does not ask for the present.
 */
public final class Recipients {
  private static final Duration FRESH = Duration.ofSeconds(55);
  /** Users, of whom each counts as many as four people that he has blocked. */
  private static final long REMEMBERED = 80_000;
  private static final int USER = 4;

  private final Cassandra cassandra;
  private final Cql selectByName;
  private final Cql selectById;
  private final Ticker ticker;
  private final Cache<String, Known> byName;
  private final Cache<UUID, Known> byId;

  /** Somebody who can be written to. username: as it is stored. */
  public record Addressee(UUID userId, String username, Set<UUID> blocked) {
    public boolean blocks(UUID sender) {
      return blocked.contains(sender);
    }
  }

  /** asOf: from before it was read, so that a process which is stopped meanwhile does not take it for new. */
  private record Known(Addressee addressee, long asOf) {
    int weight() {
      return USER + addressee.blocked().size();
    }
  }

  public Recipients(Cassandra cassandra) {
    this(cassandra, Ticker.systemTicker());
  }

  Recipients(Cassandra cassandra, Ticker ticker) {
    this.cassandra = cassandra;
    this.ticker = ticker;
    this.byName = cache();
    this.byId = cache();
    this.selectByName = cassandra.cql("SELECT user_id, blocked FROM accounts WHERE username = ?");
    this.selectById = cassandra.cql("SELECT username, blocked FROM users WHERE user_id = ?");
  }

  /**
   * The user of a name as a caller wrote it.
   *
   * @param present not as he is remembered
   */
  public Optional<Addressee> named(String text, boolean present) {
    return Username.parse(text)
      .map(Username::value)
      .flatMap(name -> remembered(byName.getIfPresent(name), present).or(() -> read(name)));
  }

  /**
   * The user of an id; empty where he is not known any more.
   *
   * @param present not as he is remembered
   */
  public Optional<Addressee> of(UUID user, boolean present) {
    return remembered(byId.getIfPresent(user), present).or(() -> read(user));
  }

  private <K> Cache<K, Known> cache() {
    return Caffeine.newBuilder()
      .maximumWeight(REMEMBERED)
      .weigher((K _, Known known) -> known.weight())
      .expireAfter(Expiry.<K, Known>writing((_, known) -> FRESH.minusNanos(ticker.read() - known.asOf())))
      .ticker(ticker)
      .executor(Runnable::run)
      .build();
  }

  private static Optional<Addressee> remembered(@Nullable Known known, boolean present) {
    return known == null || present ? Optional.empty() : Optional.of(known.addressee());
  }

  private Optional<Addressee> read(String name) {
    long asOf = ticker.read();
    Row row = cassandra.one(selectByName.bind(name));
    return learn(row == null ? null : row.getUuid("user_id"), name, row, asOf);
  }

  private Optional<Addressee> read(UUID user) {
    long asOf = ticker.read();
    Row row = cassandra.one(selectById.bind(user));
    return learn(user, row == null ? null : row.getString("username"), row, asOf);
  }

  private Optional<Addressee> learn(@Nullable UUID user, @Nullable String name, @Nullable Row row,
      long asOf) {
    if (user == null || name == null) {
      return Optional.empty();
    }
    Known known = new Known(new Addressee(user, name, Blocks.blocked(row)), asOf);
    byName.put(name, known);
    byId.put(user, known);
    return Optional.of(known.addressee());
  }
}
