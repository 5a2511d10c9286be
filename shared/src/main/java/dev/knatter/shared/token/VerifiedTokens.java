package dev.knatter.shared.token;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.knatter.shared.Digest;

/**
 * Caches the content of verified tokens. Checking a signature takes a third of the processor time of a send, and a client
 * sends the same token for a quarter of an hour. The cache's key is the token's digest, so that the cache holds no token.
 *
 * @param <V> the content of a token
 */
final class VerifiedTokens<V> {
  private static final int SIZE = 8_192; // two megabytes when full

  private final Cache<ByteBuffer, V> known = Caffeine.newBuilder()
    .maximumSize(SIZE)
    .executor(Runnable::run)
    .build();

  /** Returns the content of a token. Calls verify if the cache does not have it; verify throws if the token is not valid. */
  V get(String token, Function<String, V> verify) {
    return find(token, _ -> true, unknown -> Optional.of(verify.apply(unknown))).orElseThrow();
  }

  /** Does the same for tokens that may become invalid while they are in the cache, and for a verify that may return nothing. */
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
