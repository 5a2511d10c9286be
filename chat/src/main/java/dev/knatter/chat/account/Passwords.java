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
 * Password hashes: Argon2id with 19 MiB, two passes and one lane (OWASP), as PHC strings, which name their own
 * parameters. Before hashing a password is brought to one space and to NFC, as RFC 8265 §4.2 has it, so that the same
 * characters typed on another keyboard are the same password; unlike there, no character is refused. Few hashes run at a
 * time, because each takes its 19 MiB of the heap.
 */
public final class Passwords {
  private static final int MEMORY_KIB = 19_456;
  private static final int PASSES = 2;
  private static final Pattern OTHER_SPACE = Pattern.compile("\\p{Zs}");
  private static final int SALT_BYTES = 16;
  private static final int MIN = 8;
  private static final int MAX = 256;
  /** No longer text becomes one of {@link #MAX} characters: NFC makes one of four at most. */
  private static final int MAX_DECOMPOSED = 4 * MAX;

  /** A hash that no password is known for, of the same parameters: what a name that nobody has is compared with. */
  private static final String STAND_IN = "$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$"
      + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  /** How long a hash waits for its turn; with its own time and the store's it stays below three seconds. */
  private static final Duration PATIENCE = Duration.ofMillis(1_500);

  /** What a hash takes: its memory and the headers of the arrays that it is made of. */
  private static final long HASH_BYTES = 20L << 20;
  /** password4j keeps one unused copy of the memory for each set of parameters: today's, and those before. */
  private static final int COPIES = 2;
  private static final long HEAP_FOR_THE_REST = 32L << 20;

  private final LongAdder hashed = new LongAdder();
  private final Semaphore gate;

  /** @param atOnce how many hashes may run at the same time, which is also how often 19 MiB are taken */
  public Passwords(int atOnce) {
    this.gate = new Semaphore(atOnce, /* fair= */ true);
  }

  /** With as many hashes at a time as the heap of this process has room for, and its processors can work on. */
  public static Passwords sized(Runtime runtime) {
    return new Passwords(atOnce(runtime.maxMemory(), runtime.availableProcessors()));
  }

  static int atOnce(long heap, int processors) {
    long room = (heap - HEAP_FOR_THE_REST) / HASH_BYTES - COPIES;
    return Math.clamp(room, 1, processors);
  }

  /**
   * Notes what is wrong with a password that somebody wants to have. Common ones are refused, and his own name, but no
   * composition is prescribed (NIST SP 800-63B-4 §3.1.1.2).
   *
   * @param username whose it is to be
   */
  public static void checkNew(Checks checks, @Nullable String password, String username, String pointer) {
    check(checks, password, pointer);
    if (password != null && !isTooLong(password)) {
      String normal = normal(password);
      checks.require(!CommonPasswords.contains(normal), pointer,
          "is one that many people have; choose another");
      checks.require(!normal.equalsIgnoreCase(username), pointer, "must not be the username");
    }
  }

  /** Notes why a text cannot be anybody's password. Its characters are counted as they are hashed, after NFC. */
  public static void check(Checks checks, @Nullable String password, String pointer) {
    checks.require(password != null, pointer, "is required");
    if (password != null) {
      int characters = isTooLong(password) ? MAX + 1 : characters(normal(password));
      checks.require(characters >= MIN && characters <= MAX, pointer, "must be 8 to 256 characters");
      checks.require(Checks.isUnicode(password), pointer,
          "must be Unicode text: it holds half of a surrogate pair");
    }
  }

  /** Known without NFC, whose time grows with the square of a text of nothing but accents. */
  private static boolean isTooLong(String password) {
    return characters(password) > MAX_DECOMPOSED;
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }

  public String hash(String password) {
    return gated(() -> hashed(password));
  }

  private static String hashed(String password) {
    return Password.hash(normal(password)).addRandomSalt(SALT_BYTES).with(argon2()).getResult();
  }

  /**
   * Whether a password is the one of a hash. With no hash there is nobody to log in, which takes as long and is
   * false.
   */
  public boolean verify(String password, @Nullable String hash) {
    String compared = hash == null ? STAND_IN : hash;
    boolean matches = gated(() -> Password.check(normal(password), compared)
      .with(Argon2Function.getInstanceFromHash(compared)));
    return matches && hash != null;
  }

  /**
   * A hash of today's parameters to take the place of a weaker one; null where that is none, or where others wait to
   * hash: what can be done at any login need not be done at this one.
   */
  @Nullable
  String stronger(String password, String hash) {
    if (!isWeaker(Argon2Function.getInstanceFromHash(hash))) {
      return null;
    }
    boolean turn = !gate.hasQueuedThreads() && gate.tryAcquire();
    return turn ? releasing(() -> hashed(password)) : null;
  }

  private static boolean isWeaker(Argon2Function other) {
    return other.getMemory() < MEMORY_KIB
        || (other.getMemory() == MEMORY_KIB && other.getIterations() < PASSES);
  }

  static String standIn() {
    return STAND_IN;
  }

  /** Which takes 19 MiB when it is first asked for: not before somebody has a password to hash. */
  private static Argon2Function argon2() {
    return Argon2Function.getInstance(MEMORY_KIB, PASSES, 1, 32, Argon2.ID);
  }

  private static String normal(String password) {
    return Normalizer.normalize(OTHER_SPACE.matcher(password).replaceAll(" "), Normalizer.Form.NFC);
  }

  /** How many hashes have run. */
  long hashed() {
    return hashed.sum();
  }

  private <T> T gated(Supplier<T> hashing) {
    try {
      if (!gate.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new Unavailable("Too many people are logging in at this moment.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("The server is stopping.");
    }
    return releasing(hashing);
  }

  private <T> T releasing(Supplier<T> hashing) {
    try {
      hashed.increment();
      return hashing.get();
    } finally {
      gate.release();
    }
  }
}
