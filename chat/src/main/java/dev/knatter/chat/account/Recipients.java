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
 * The users to whom a message can be sent, by name or by id, with the people whom they have blocked. One row holds
 * both. Results are cached for less than a minute. A caller that needs the latest blocks asks for a fresh read.
 */
public final class Recipients {
  private static final Duration FRESH = Duration.ofSeconds(55);
  /** The capacity of each cache. A user weighs as much as four blocked people. */
  private static final long REMEMBERED = 80_000;
  private static final int USER = 4;

  private final Cassandra cassandra;
  private final Cql selectByName;
  private final Cql selectById;
  private final Ticker ticker;
  private final Cache<String, Known> byName;
  private final Cache<UUID, Known> byId;

  /** A user to whom a message can be sent. username: in its stored form. */
  public record Recipient(UUID userId, String username, Set<UUID> blocked) {
    public boolean blocks(UUID sender) {
      return blocked.contains(sender);
    }
  }

  /**
   * A cached user. asOf: a time before the read, so that a process suspended during it does not count the row as new.
   */
  private record Known(Recipient recipient, long asOf) {
    int weight() {
      return USER + recipient.blocked().size();
    }
  }

  public Recipients(Cassandra cassandra) {
    this(cassandra, Ticker.systemTicker());
  }

  /** @param ticker a monotonic clock */
  Recipients(Cassandra cassandra, Ticker ticker) {
    this.cassandra = cassandra;
    this.ticker = ticker;
    this.byName = cache();
    this.byId = cache();
    this.selectByName = cassandra.cql("SELECT user_id, blocked FROM accounts WHERE username = ?");
    this.selectById = cassandra.cql("SELECT username, blocked FROM users WHERE user_id = ?");
  }

  /**
   * The user of a name, as the caller wrote it.
   *
   * @param present whether to read the store instead of the cache
   */
  public Optional<Recipient> named(String text, boolean present) {
    return Username.parse(text)
      .map(Username::value)
      .flatMap(name -> remembered(byName.getIfPresent(name), present).or(() -> read(name)));
  }

  /**
   * The user of an id; empty if there is no such user any more.
   *
   * @param present whether to read the store instead of the cache
   */
  public Optional<Recipient> of(UUID user, boolean present) {
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

  private static Optional<Recipient> remembered(@Nullable Known known, boolean present) {
    return known == null || present ? Optional.empty() : Optional.of(known.recipient());
  }

  private Optional<Recipient> read(String name) {
    long asOf = ticker.read();
    Row row = cassandra.one(selectByName.bind(name));
    return remember(row == null ? null : row.getUuid("user_id"), name, row, asOf);
  }

  private Optional<Recipient> read(UUID user) {
    long asOf = ticker.read();
    Row row = cassandra.one(selectById.bind(user));
    return remember(user, row == null ? null : row.getString("username"), row, asOf);
  }

  private Optional<Recipient> remember(@Nullable UUID user, @Nullable String name, @Nullable Row row,
      long asOf) {
    if (user == null || name == null) {
      return Optional.empty();
    }
    Known known = new Known(new Recipient(user, name, Blocks.blocked(row)), asOf);
    byName.put(name, known);
    byId.put(user, known);
    return Optional.of(known.recipient());
  }
}
