package dev.knatter.core.account;

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
import dev.knatter.core.Checks;
import dev.knatter.core.DomainError.Unavailable;
import org.jspecify.annotations.Nullable;

/**
 * Password hashes: Argon2id with 19 MiB, two passes and one lane (OWASP), as PHC strings, which name their own
 * parameters. Before hashing a password is brought to one space and to NFC, as RFC 8265 §4.2 has it, so that the same
 * characters typed on another keyboard are the same password; unlike there, no character is refused. Few hashes run at a time, because each takes its 19 MiB.
 */
public final class Passwords {
  private static final Argon2Function ARGON2 = Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID);
  private static final Pattern OTHER_SPACE = Pattern.compile("\\p{Zs}");
  private static final int SALT_BYTES = 16;
  private static final int MIN = 8;
  private static final int MAX = 256;

  /** A hash that no password is known for, of the same parameters: what a name that nobody has is compared with. */
  private static final String STAND_IN = "$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$"
      + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  /** How long a hash waits for its turn; with its own time and the store's it stays below three seconds. */
  private static final Duration PATIENCE = Duration.ofMillis(1_500);

  private final LongAdder hashed = new LongAdder();
  private final Semaphore gate;

  /** @param atOnce how many hashes may run at the same time, which is also how often 19 MiB are taken */
  public Passwords(int atOnce) {
    this.gate = new Semaphore(atOnce, /* fair= */ true);
  }

  /** Notes what is wrong with a password that somebody wants to have. */
  public static void check(Checks checks, @Nullable String password, String pointer) {
    checks.require(password != null, pointer, "is required");
    if (password != null) {
      int characters = password.codePointCount(0, password.length());
      checks.require(characters >= MIN && characters <= MAX, pointer, "must be 8 to 256 characters");
      checks.require(Checks.isUnicode(password), pointer,
          "must be Unicode text: it holds half of a surrogate pair");
    }
  }

  public String hash(String password) {
    return gated(() -> Password.hash(normal(password)).addRandomSalt(SALT_BYTES).with(ARGON2).getResult());
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

  static String standIn() {
    return STAND_IN;
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
    try {
      hashed.increment();
      return hashing.get();
    } finally {
      gate.release();
    }
  }
}
