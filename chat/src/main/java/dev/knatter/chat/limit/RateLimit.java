package dev.knatter.chat.limit;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A rate limit by token bucket. A bucket allows {@code capacity} requests at once and gets one token back every
 * {@code refill}. This class is the table of all limits.
 *
 * @param id       names the limit in routes, answers and keys
 * @param capacity how many tokens a full bucket holds
 * @param refill   how long one token takes to come back
 * @param scope    what each bucket belongs to
 * @param failOpen whether requests pass while Redis is away; if not, they get 503
 */
public record RateLimit(String id, int capacity, Duration refill, Scope scope, boolean failOpen) {
  public enum Scope {
    /** The user that the access token names. */
    USER,
    /** The username in the request, because the caller is not known yet. */
    USERNAME,
    /** The caller's network, if it is known. */
    ADDRESS,
    /** The session of the refresh token, by a hash that only its tokens hold. */
    SESSION
  }

  private static final String BY_ADDRESS = "-address";

  // Every attempt costs a hash and a lightweight transaction, and such transactions on one name slow each other down.
  public static final RateLimit REGISTER = new RateLimit("register", 40, Duration.ofSeconds(5),
      Scope.USERNAME,
      /* failOpen= */ true);
  // Enough for an office that shares one address, and too few to register thousands of accounts.
  public static final RateLimit REGISTER_ADDRESS = new RateLimit("register" + BY_ADDRESS, 500,
      Duration.ofSeconds(10), Scope.ADDRESS, /* failOpen= */ true);
  // Counts right and wrong passwords. PasswordThrottle adds waits after wrong ones.
  public static final RateLimit LOGIN = new RateLimit("login", 20, Duration.ofSeconds(45), Scope.USERNAME,
      /* failOpen= */ true);
  // Limits attackers who try one password on many names.
  public static final RateLimit LOGIN_ADDRESS = new RateLimit("login" + BY_ADDRESS, 500,
      Duration.ofSeconds(5),
      Scope.ADDRESS, /* failOpen= */ true);
  // A session is renewed four times an hour. The rest is for clients that retry, all at the same time.
  public static final RateLimit REFRESH = new RateLimit("refresh", 60, Duration.ofSeconds(5), Scope.SESSION,
      /* failOpen= */ true);
  // For forged tokens: each one names another session, and so has a bucket of its own.
  public static final RateLimit REFRESH_ADDRESS = new RateLimit("refresh" + BY_ADDRESS, 500,
      Duration.ofSeconds(1), Scope.ADDRESS, /* failOpen= */ true);
  public static final RateLimit LOGOUT = new RateLimit("logout", 60, Duration.ofSeconds(1), Scope.USER,
      /* failOpen= */ true);
  public static final RateLimit SESSIONS = new RateLimit("sessions", 60, Duration.ofSeconds(1), Scope.USER,
      /* failOpen= */ true);
  // Enough for a program that sends for a user; a fifth of what a conversation is designed for.
  public static final RateLimit SEND = new RateLimit("send", 1_000, Duration.ofNanos(16_666_000), Scope.USER,
      /* failOpen= */ true);
  // A person corrects a few messages. Each edit is a lightweight transaction, and such transactions on one conversation
  // slow each other down.
  public static final RateLimit EDIT = new RateLimit("edit", 120, Duration.ofMillis(500), Scope.USER,
      /* failOpen= */ true);
  // A person may clear a long conversation.
  public static final RateLimit DELETE = new RateLimit("delete", 300, Duration.ofMillis(200), Scope.USER,
      /* failOpen= */ true);
  // Each reaction enters a message in up to 64 inboxes.
  public static final RateLimit REACT = new RateLimit("react", 120, Duration.ofMillis(500), Scope.USER,
      /* failOpen= */ true);
  // A client marks a conversation each time its user looks at new messages.
  public static final RateLimit READ = new RateLimit("read", 300, Duration.ofMillis(200), Scope.USER,
      /* failOpen= */ true);
  public static final RateLimit MESSAGES = new RateLimit("messages", 1_000, Duration.ofMillis(10), Scope.USER,
      /* failOpen= */ true);
  // For the people whom a client shows and encrypts to. An attacker can try 17,000 names a day.
  public static final RateLimit USERS = new RateLimit("users", 120, Duration.ofSeconds(5), Scope.USER,
      /* failOpen= */ true);
  // An attacker could try all telephone numbers and find people who did not give them theirs.
  public static final RateLimit LOOKUP = new RateLimit("lookup", 20, Duration.ofMinutes(1), Scope.USER,
      /* failOpen= */ false);
  public static final RateLimit ACCOUNT = new RateLimit("account", 60, Duration.ofSeconds(1), Scope.USER,
      /* failOpen= */ true);
  // The holder of a stolen token could guess the password. PasswordThrottle uses the same counters as for logins.
  public static final RateLimit PASSWORD = new RateLimit("password", 20, Duration.ofSeconds(45), Scope.USER,
      /* failOpen= */ true);
  // The id of an erasure cannot be guessed. Its owner polls it from time to time.
  public static final RateLimit ERASURES = new RateLimit("erasures", 60, Duration.ofSeconds(5), Scope.ADDRESS,
      /* failOpen= */ true);
  // Each export reads everything that a user has. Most requests after the first continue an interrupted export.
  public static final RateLimit EXPORT = new RateLimit("export", 20, Duration.ofMinutes(3), Scope.USER,
      /* failOpen= */ true);
  // As many as USERS, because blocking also tells whether a name exists.
  public static final RateLimit BLOCKS = new RateLimit("blocks", 120, Duration.ofSeconds(5), Scope.USER,
      /* failOpen= */ true);
  // For operators, who page through many letters and retry them in several calls.
  public static final RateLimit DEAD_LETTERS = new RateLimit("dead-letters", 120, Duration.ofMillis(500),
      Scope.USER, /* failOpen= */ true);

  public static final RateLimit WEBHOOKS = new RateLimit("webhooks", 60, Duration.ofSeconds(1), Scope.USER,
      /* failOpen= */ true);
  // Each one is a request to a server of the caller's choice, which must not become a flood.
  public static final RateLimit WEBHOOK_TESTS = new RateLimit("webhook-tests", 10, Duration.ofSeconds(30),
      Scope.USER, /* failOpen= */ false);

  public static final RateLimit CONVERSATIONS = new RateLimit("conversations", 300, Duration.ofMillis(100),
      Scope.USER,
      /* failOpen= */ true);
  // Each one is a lightweight transaction, and may add 64 people.
  public static final RateLimit CONVERSATION_CHANGES = new RateLimit("conversation-changes", 60,
      Duration.ofSeconds(1),
      Scope.USER, /* failOpen= */ true);

  // A client that loses its connections opens them again and again, and a user has several.
  public static final RateLimit STREAM = new RateLimit("stream", 120, Duration.ofSeconds(1), Scope.USER,
      /* failOpen= */ true);
  // Each one catches up a page. A client sends one a minute, and one for each gap.
  public static final RateLimit SYNC = new RateLimit("sync", 300, Duration.ofMillis(200), Scope.USER,
      /* failOpen= */ true);
  // Each one is told to up to 64 people.
  public static final RateLimit TYPING = new RateLimit("typing", 20, Duration.ofSeconds(1), Scope.USER,
      /* failOpen= */ false);
  // A visible client says so every four minutes, and a user has several.
  public static final RateLimit PRESENCE = new RateLimit("presence", 30, Duration.ofSeconds(10), Scope.USER,
      /* failOpen= */ false);

  private static final Map<String, RateLimit> TABLE = Stream
    .of(REGISTER, REGISTER_ADDRESS, LOGIN, LOGIN_ADDRESS, REFRESH, REFRESH_ADDRESS, LOGOUT, SESSIONS, SEND,
        MESSAGES, USERS,
        LOOKUP, ACCOUNT, PASSWORD, ERASURES, EXPORT, BLOCKS, DEAD_LETTERS, WEBHOOKS, WEBHOOK_TESTS, EDIT,
        DELETE, REACT, READ,
        CONVERSATIONS,
        CONVERSATION_CHANGES, STREAM, SYNC, TYPING, PRESENCE)
    .collect(Collectors.toUnmodifiableMap(RateLimit::id, Function.identity()));

  /** The limit with this id. */
  public static RateLimit of(String id) {
    RateLimit limit = TABLE.get(id);
    if (limit == null) {
      throw new IllegalArgumentException("There is no rate limit " + id);
    }
    return limit;
  }

  /** All limits. */
  public static Collection<RateLimit> all() {
    return TABLE.values();
  }

  /** The limit of the same operation by address, if there is one. Its id is this id and "-address". */
  public Optional<RateLimit> byAddress() {
    return Optional.ofNullable(TABLE.get(id + BY_ADDRESS));
  }

  /** How long an empty bucket takes to fill up. */
  public Duration window() {
    return Duration.ofNanos(Math.multiplyExact(refill.toNanos(), capacity));
  }
}
