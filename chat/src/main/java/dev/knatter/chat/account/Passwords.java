package dev.knatter.chat.account;

import java.text.Normalizer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import dev.knatter.shared.Checks;
import dev.knatter.shared.DomainError.Unavailable;
import org.jspecify.annotations.Nullable;

/**
 * Password hashes: Argon2id with 19 MiB, two passes and one lane (OWASP), as PHC strings, which contain their
 * parameters. Before hashing, every kind of space becomes U+0020 and the password is brought to NFC (RFC 8265 §4.2),
 * so that it is the same from every keyboard. Other than that RFC, no character is refused. The number of concurrent
 * hashes is limited, because each takes 19 MiB of heap.
 */
public final class Passwords {
  private static final int MEMORY_KIB = 19_456;
  private static final int PASSES = 2;
  private static final Pattern ANY_SPACE = Pattern.compile("\\p{Zs}");
  private static final int SALT_BYTES = 16;
  private static final int MIN = 8;
  private static final int MAX = 256;
  /** No longer text can have {@link #MAX} characters after NFC, which composes at most four characters to one. */
  private static final int MAX_DECOMPOSED = 4 * MAX;

  /** A valid hash without a known password. Login compares with it if nobody has the name. */
  private static final String DUMMY_HASH = "$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$"
      + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  /** How long a hash waits for its turn. With its own time and the store's, a login stays below three seconds. */
  private static final Duration MAX_WAIT = Duration.ofMillis(1_500);

  /** The heap that one hash takes: its memory and the headers of its arrays. */
  private static final long HASH_BYTES = 20L << 20;
  /** password4j caches one memory block for each set of parameters; there may be two sets, today's and an older one. */
  private static final int CACHED_BLOCKS = 2;
  private static final long RESERVED_HEAP = 32L << 20;

  private final LongAdder hashCount = new LongAdder();
  private final Semaphore permits;

  /** @param maxConcurrent how many hashes may run at the same time, each with 19 MiB */
  public Passwords(int maxConcurrent) {
    this.permits = new Semaphore(maxConcurrent, /* fair= */ true);
  }

  /** Limits the concurrent hashes by the heap of this process and by its number of processors. */
  public static Passwords forRuntime(Runtime runtime) {
    return new Passwords(maxConcurrent(runtime.maxMemory(), runtime.availableProcessors()));
  }

  static int maxConcurrent(long heap, int processors) {
    long room = (heap - RESERVED_HEAP) / HASH_BYTES - CACHED_BLOCKS;
    return Math.clamp(room, 1, processors);
  }

  /**
   * Adds an error for each rule that a new password breaks. Common passwords and the username are refused. No
   * composition is prescribed (NIST SP 800-63B-4 §3.1.1.2).
   *
   * @param username of the account that the password is for
   */
  public static void checkNew(Checks checks, @Nullable String password, String username, String pointer) {
    check(checks, password, pointer);
    if (password != null && !isTooLong(password)) {
      String normalized = normalize(password);
      checks.require(!CommonPasswords.contains(normalized), pointer,
          "is one that many people have; choose another");
      checks.require(!normalized.equalsIgnoreCase(username), pointer, "must not be the username");
    }
  }

  /** Adds an error if the text cannot be a password. Characters are counted after NFC, as they are hashed. */
  public static void check(Checks checks, @Nullable String password, String pointer) {
    checks.require(password != null, pointer, "is required");
    if (password != null) {
      int characters = isTooLong(password) ? MAX + 1 : characters(normalize(password));
      checks.require(characters >= MIN && characters <= MAX, pointer, "must be 8 to 256 characters");
      checks.require(Checks.isUnicode(password), pointer,
          "must be Unicode text: it holds half of a surrogate pair");
    }
  }

  /** Checked without NFC, because the time of NFC grows with the square of a text that consists of accents. */
  private static boolean isTooLong(String password) {
    return characters(password) > MAX_DECOMPOSED;
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }

  public String hash(String password) {
    return withPermit(() -> computeHash(password));
  }

  private static String computeHash(String password) {
    return Password.hash(normalize(password)).addRandomSalt(SALT_BYTES).with(argon2()).getResult();
  }

  /** Whether a password matches a hash. Without a hash the result is false, after the same time. */
  public boolean verify(String password, @Nullable String hash) {
    String compared = hash == null ? DUMMY_HASH : hash;
    boolean matches = withPermit(() -> Password.check(normalize(password), compared)
      .with(Argon2Function.getInstanceFromHash(compared)));
    return matches && hash != null;
  }

  /**
   * A hash with today's parameters that replaces a weaker one. Null if the given hash is not weaker, or if other
   * callers wait for a hash: then a later login can do it.
   */
  @Nullable
  String upgrade(String password, String hash) {
    if (!isWeaker(Argon2Function.getInstanceFromHash(hash))) {
      return null;
    }
    boolean acquired = !permits.hasQueuedThreads() && permits.tryAcquire();
    return acquired ? runAndRelease(() -> computeHash(password)) : null;
  }

  private static boolean isWeaker(Argon2Function other) {
    return other.getMemory() < MEMORY_KIB
        || (other.getMemory() == MEMORY_KIB && other.getIterations() < PASSES);
  }

  static String dummyHash() {
    return DUMMY_HASH;
  }

  /** Not a constant: the function allocates 19 MiB, so it is created only when there is a password to hash. */
  private static Argon2Function argon2() {
    return Argon2Function.getInstance(MEMORY_KIB, PASSES, 1, 32, Argon2.ID);
  }

  private static String normalize(String password) {
    return Normalizer.normalize(ANY_SPACE.matcher(password).replaceAll(" "), Normalizer.Form.NFC);
  }

  /** How many hashes have run; for tests. */
  long hashCount() {
    return hashCount.sum();
  }

  private <T> T withPermit(Supplier<T> operation) {
    try {
      if (!permits.tryAcquire(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new Unavailable("Too many people are logging in at this moment.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("The server is stopping.");
    }
    return runAndRelease(operation);
  }

  private <T> T runAndRelease(Supplier<T> operation) {
    try {
      hashCount.increment();
      return operation.get();
    } finally {
      permits.release();
    }
  }
}
