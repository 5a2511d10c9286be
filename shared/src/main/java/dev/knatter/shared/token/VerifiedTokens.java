package dev.knatter.shared.token;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.Predicate;

import dev.knatter.shared.Digest;
import org.jspecify.annotations.Nullable;

/**
 * What was found out of tokens lately. Checking a signature is a third of all that a process does for a send, and a
 * client shows the same token for a quarter of an hour. Tokens are known by their digest, so that none is kept, and
 * the table has a fixed number of places: one that finds its place taken takes it.
 *
 * @param <V> what a token says
 */
final class VerifiedTokens<V> {
  private static final int PLACES = 1 << 13; // two megabytes when full

  private final AtomicReferenceArray<@Nullable Entry<V>> entries = new AtomicReferenceArray<>(PLACES);

  private record Entry<V>(ByteBuffer digest, V token) {}

  /** What the token says; verify is asked where that is not known, and throws where it is not valid. */
  V get(String token, Function<String, V> verify) {
    return find(token, _ -> true, unknown -> Optional.of(verify.apply(unknown))).orElseThrow();
  }

  /** The same where what is known may have ceased to count, and where verify may have nothing to say. */
  Optional<V> find(String token, Predicate<V> stillCounts, Function<String, Optional<V>> verify) {
    ByteBuffer digest = ByteBuffer.wrap(new Digest().add(token).bytes());
    int place = digest.getShort(0) & (PLACES - 1);
    Entry<V> entry = entries.get(place);
    if (entry != null && entry.digest.equals(digest) && stillCounts.test(entry.token)) {
      return Optional.of(entry.token);
    }
    Optional<V> verified = verify.apply(token);
    verified.ifPresent(known -> entries.set(place, new Entry<>(digest, known)));
    return verified;
  }
}
