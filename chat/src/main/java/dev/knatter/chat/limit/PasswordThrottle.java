package dev.knatter.chat.limit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import dev.knatter.shared.DomainError.RateLimited;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.store.Redis;
import dev.knatter.shared.store.Script;
import org.jspecify.annotations.Nullable;

/**
 * Slows down those who guess an account's password. Ten failures cost nothing; from then on the next attempt has to wait,
 * a second at first and twice as long each time, up to a minute; an hour without attempts ends it. Strangers share one
 * counter of an account, however many they are. A network from which its owner has logged in within a month has a
 * counter of its own, so that no stranger can keep him out from where he usually is; from elsewhere he waits with the
 * strangers. Names that nobody has are counted alike.
 */
public final class PasswordThrottle {
  private static final Script GUESS = Script.load(PasswordThrottle.class, "guess.lua");
  private static final Script GUESSED = Script.load(PasswordThrottle.class, "guessed.lua");
  private static final Script FORGET = Script.load(PasswordThrottle.class, "guesses-forget.lua");
  private static final int FREE = 10;
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final Duration KNOWN = Duration.ofDays(30);
  private static final long OF_THE_NETWORK = 2;

  private final Redis redis;
  private final RateLimit limit;

  /**
   * @param limit how many attempts there may be, right or wrong, and what refusals name; whatever the password is asked
   *              for, the counters are the same
   */
  public PasswordThrottle(Redis redis, RateLimit limit) {
    this.redis = redis;
    this.limit = limit;
  }

  /**
   * Checks a password if it is time to.
   *
   * @param username in its stored form
   * @param from     where the caller is; null where that is not known
   * @param check    has a result where the password is right; counts neither way where it is Unavailable
   * @throws RateLimited where it is too early to try again
   */
  public <T> Optional<T> guess(String username, @Nullable Network from, Supplier<Optional<T>> check) {
    String account = account(username);
    String network = from == null ? "" : from.text();
    List<String> keys = from == null
        ? List.of(account)
        : List.of(account, known(account), from(account, network));
    Optional<List<Object>> answer = redis.eval(GUESS, keys, limit.capacity(), micros(limit.refill()), FREE,
        micros(LONGEST), REMEMBERED.toMillis(), network);
    if (answer.isEmpty()) {
      return uncounted(check);
    }
    List<Object> values = answer.get();
    if ((Long) values.get(0) == 0) {
      throw new RateLimited(limit.id(), Duration.ofMillis((Long) values.get(1)));
    }
    boolean own = (Long) values.get(2) == OF_THE_NETWORK;
    String counter = own ? keys.getLast() : account;
    Optional<T> found;
    try {
      found = check.get();
    } catch (Unavailable e) {
      record(List.of(counter), "ONE", "");
      throw e;
    }
    if (found.isPresent()) {
      record(from == null ? List.of(counter) : List.of(counter, keys.get(1)), own ? "ALL" : "ONE",
          network);
    }
    return found;
  }

  private <T> Optional<T> uncounted(Supplier<Optional<T>> check) {
    if (!limit.failOpen()) {
      throw new Unavailable("Requests cannot be counted at the moment.");
    }
    return check.get();
  }

  /** Forgets who has guessed at an account, and from where its owner came. */
  public void forget(String username) {
    String account = account(username);
    Optional<List<Object>> _ = redis.eval(FORGET, List.of(account, known(account)), from(account, ""));
  }

  private static String account(String username) {
    return "knatter:{" + username + "}:guesses";
  }

  private static String known(String account) {
    return account + ":known";
  }

  private static String from(String account, String network) {
    return account + ":from:" + network;
  }

  private void record(List<String> keys, String failures, String network) {
    Optional<List<Object>> _ = redis.eval(GUESSED, keys, failures, KNOWN.toSeconds(), network);
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
