package dev.knatter.shared.token;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.knatter.shared.Digest;

/**
 * Caches what verified tokens say. Checking a signature is a third of all that a process does for a send, and a client
 * shows the same token for a quarter of an hour. The cache's key is the token's digest, so that no token is kept.
 *
 * @param <V> what a token says
 */
final class VerifiedTokens<V> {
  private static final int SIZE = 8_192; // two megabytes when full

  private final Cache<ByteBuffer, V> known = Caffeine.newBuilder()
    .maximumSize(SIZE)
    .executor(Runnable::run)
    .build();

  /** What the token says. Calls verify where that is not known; verify throws where the token is not valid. */
  V get(String token, Function<String, V> verify) {
    return find(token, _ -> true, unknown -> Optional.of(verify.apply(unknown))).orElseThrow();
  }

  /** The same where what is known may have ceased to count, and where verify may have nothing to say. */
  Optional<V> find(String token, Predicate<V> stillCounts, Function<String, Optional<V>> verify) {
    ByteBuffer digest = ByteBuffer.wrap(new Digest().add(token).bytes());
    V cached = known.getIfPresent(digest);
    if (cached != null && stillCounts.test(cached)) {
      return Optional.of(cached);
    }
    Optional<V> verified = verify.apply(token);
    verified.ifPresent(value -> known.put(digest, value));
    return verified;
  }
}
