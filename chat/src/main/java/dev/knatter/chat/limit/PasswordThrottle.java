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
 * Slows down attackers who guess an account's password. Ten failures have no effect. From then on the next attempt
 * has to wait: one second at first, twice as long after each failure, one minute at most. An hour without attempts
 * resets the counter.
 *
 * <p>All networks share one counter of an account, except those from which its owner has logged in within a month:
 * each of these has a counter of its own. So an attacker cannot lock the owner out of their usual networks. From
 * another network the owner waits as an attacker does. Names that nobody has are counted in the same way.
 */
public final class PasswordThrottle {
  private static final Script ATTEMPT = Script.load(PasswordThrottle.class, "password-attempt.lua");
  private static final Script UNDO_ATTEMPT = Script.load(PasswordThrottle.class, "undo-password-attempt.lua");
  private static final Script FORGET = Script.load(PasswordThrottle.class, "forget-password-attempts.lua");
  private static final int FREE_FAILURES = 10;
  private static final Duration MAX_WAIT = Duration.ofMinutes(1);
  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final Duration NETWORK_REMEMBERED = Duration.ofDays(30);
  private static final long NETWORK_COUNTER = 2;

  private final Redis redis;
  private final RateLimit limit;

  /**
   * @param limit how many attempts are allowed, right or wrong; its id appears in the refusals. The counters of an
   *     account do not depend on the limit
   */
  public PasswordThrottle(Redis redis, RateLimit limit) {
    this.redis = redis;
    this.limit = limit;
  }

  /**
   * Checks a password, if the throttle allows an attempt now.
   *
   * @param username in its stored form
   * @param from     the caller's network; null if it is not known
   * @param check    returns a result if the password is right; an attempt that throws Unavailable is not counted
   * @throws RateLimited if the next attempt has to wait
   */
  public <T> Optional<T> attempt(String username, @Nullable Network from, Supplier<Optional<T>> check) {
    String account = account(username);
    String network = from == null ? "" : from.text();
    List<String> keys = from == null
        ? List.of(account)
        : List.of(account, knownNetworks(account), networkCounter(account, network));
    Optional<List<Object>> answer = redis.eval(ATTEMPT, keys, limit.capacity(), micros(limit.refill()),
        FREE_FAILURES,
        micros(MAX_WAIT), REMEMBERED.toMillis(), network);
    if (answer.isEmpty()) {
      return uncounted(check);
    }
    List<Object> values = answer.get();
    if ((Long) values.get(0) == 0) {
      throw new RateLimited(limit.id(), Duration.ofMillis((Long) values.get(1)));
    }
    boolean knownNetwork = (Long) values.get(2) == NETWORK_COUNTER;
    String counter = knownNetwork ? keys.getLast() : account;
    Optional<T> found;
    try {
      found = check.get();
    } catch (Unavailable e) {
      undo(List.of(counter), "ONE", "");
      throw e;
    }
    if (found.isPresent()) {
      undo(from == null ? List.of(counter) : List.of(counter, keys.get(1)), knownNetwork ? "ALL" : "ONE",
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

  /** Deletes all counters and known networks of an account. */
  public void forget(String username) {
    String account = account(username);
    Optional<List<Object>> _ = redis.eval(FORGET, List.of(account, knownNetworks(account)),
        networkCounter(account, ""));
  }

  private static String account(String username) {
    return "knatter:{" + username + "}:guesses";
  }

  private static String knownNetworks(String account) {
    return account + ":known";
  }

  private static String networkCounter(String account, String network) {
    return account + ":from:" + network;
  }

  private void undo(List<String> keys, String failures, String network) {
    Optional<List<Object>> _ = redis.eval(UNDO_ATTEMPT, keys, failures, NETWORK_REMEMBERED.toSeconds(),
        network);
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
