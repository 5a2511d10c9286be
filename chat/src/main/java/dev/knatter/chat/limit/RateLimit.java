package dev.knatter.chat.limit;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A token bucket: as many requests at once as it holds, and then one whenever a token has come back. The table of
 * all limits is here.
 *
 * @param id       names it in routes, answers and keys
 * @param capacity how many tokens it holds
 * @param refill   how long one token takes to come back
 * @param scope    who has a bucket of his own
 * @param failOpen whether requests pass while Redis, which counts them, is away; else they are answered with 503
 */
public record RateLimit(String id, int capacity, Duration refill, Scope scope, boolean failOpen) {
  public enum Scope {
    /** The user that the access token names. */
    USER,
    /** The username that the request names: there is nobody else to count while the caller is unknown. */
    USERNAME,
    /** The network that the request comes from, where that is known. */
    ADDRESS,
    /** The session whose refresh token it is, by what only its tokens hold. */
    SESSION
  }

  private static final String BY_ADDRESS = "-address";

  // Every attempt on a name is a hash and a lightweight transaction, whose rivals cost each other rounds.
  public static final RateLimit REGISTER = new RateLimit("register", 40, Duration.ofSeconds(5),
      Scope.USERNAME,
      /* failOpen= */ true);
  // Ample for everybody behind the one address of an office, and little for somebody who wants a thousand accounts.
  public static final RateLimit REGISTER_ADDRESS = new RateLimit("register" + BY_ADDRESS, 500,
      Duration.ofSeconds(10), Scope.ADDRESS, /* failOpen= */ true);
  // Right passwords and wrong ones; wrong ones wait longer by and by, and know strangers from the owner: PasswordThrottle.
  public static final RateLimit LOGIN = new RateLimit("login", 20, Duration.ofSeconds(45), Scope.USERNAME,
      /* failOpen= */ true);
  // Bounds those who try one password on many names.
  public static final RateLimit LOGIN_ADDRESS = new RateLimit("login" + BY_ADDRESS, 500,
      Duration.ofSeconds(5),
      Scope.ADDRESS, /* failOpen= */ true);
  // A session is renewed four times an hour; the rest is for clients that try again, all at once.
  public static final RateLimit REFRESH = new RateLimit("refresh", 60, Duration.ofSeconds(5), Scope.SESSION,
      /* failOpen= */ true);
  // For tokens that are none: each names a session, and with it a bucket, of its own.
  public static final RateLimit REFRESH_ADDRESS = new RateLimit("refresh" + BY_ADDRESS, 500,
      Duration.ofSeconds(1), Scope.ADDRESS, /* failOpen= */ true);
  public static final RateLimit LOGOUT = new RateLimit("logout", 60, Duration.ofSeconds(1), Scope.USER,
      /* failOpen= */ true);
  public static final RateLimit SESSIONS = new RateLimit("sessions", 60, Duration.ofSeconds(1), Scope.USER,
      /* failOpen= */ true);
  // Wide enough for a program that writes for somebody; a fifth of what one conversation is laid out for.
  public static final RateLimit SEND = new RateLimit("send", 1_000, Duration.ofNanos(16_666_000), Scope.USER,
      /* failOpen= */ true);
  public static final RateLimit MESSAGES = new RateLimit("messages", 1_000, Duration.ofMillis(10), Scope.USER,
      /* failOpen= */ true);
  // For the people that a client shows and encrypts to; who tries a list of names gets through 17,000 a day.
  public static final RateLimit USERS = new RateLimit("users", 120, Duration.ofSeconds(5), Scope.USER,
      /* failOpen= */ true);
  // Telephone numbers can be counted through, and lead to people who did not give theirs to the one who asks.
  public static final RateLimit LOOKUP = new RateLimit("lookup", 20, Duration.ofMinutes(1), Scope.USER,
      /* failOpen= */ false);
  public static final RateLimit ACCOUNT = new RateLimit("account", 60, Duration.ofSeconds(1), Scope.USER,
      /* failOpen= */ true);
  // For whoever has come by a token it is a way to guess: wrong passwords wait as those of a login do, and with them.
  public static final RateLimit PASSWORD = new RateLimit("password", 20, Duration.ofSeconds(45), Scope.USER,
      /* failOpen= */ true);
  // An id of one cannot be guessed; whoever waits for his looks now and then.
  public static final RateLimit ERASURES = new RateLimit("erasures", 60, Duration.ofSeconds(5), Scope.ADDRESS,
      /* failOpen= */ true);
  // Each reads all that somebody has. The ones after the first are those that go on where one was cut.
  public static final RateLimit EXPORT = new RateLimit("export", 20, Duration.ofMinutes(3), Scope.USER,
      /* failOpen= */ true);
  // As names are tried by blocking them, too.
  public static final RateLimit BLOCKS = new RateLimit("blocks", 120, Duration.ofSeconds(5), Scope.USER,
      /* failOpen= */ true);

  private static final Map<String, RateLimit> TABLE = Stream
    .of(REGISTER, REGISTER_ADDRESS, LOGIN, LOGIN_ADDRESS, REFRESH, REFRESH_ADDRESS, LOGOUT, SESSIONS, SEND,
        MESSAGES, USERS,
        LOOKUP, ACCOUNT, PASSWORD, ERASURES, EXPORT, BLOCKS)
    .collect(Collectors.toUnmodifiableMap(RateLimit::id, Function.identity()));

  /** The limit that a route names. */
  public static RateLimit of(String id) {
    RateLimit limit = TABLE.get(id);
    if (limit == null) {
      throw new IllegalArgumentException("There is no rate limit " + id);
    }
    return limit;
  }

  /** The table, a row a limit. */
  public static Collection<RateLimit> all() {
    return TABLE.values();
  }

  /** The limit that counts the same operation by address, where there is one: its id is this one's and "-address". */
  public Optional<RateLimit> byAddress() {
    return Optional.ofNullable(TABLE.get(id + BY_ADDRESS));
  }

  /** How long an empty bucket takes to be full. */
  public Duration window() {
    return Duration.ofNanos(Math.multiplyExact(refill.toNanos(), capacity));
  }
}
