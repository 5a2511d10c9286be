package dev.knatter.core.token;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

import dev.knatter.core.Digest;
import org.jspecify.annotations.Nullable;

/**
 * What was found out of tokens lately. Checking a signature is a third of all that a process does for a send, and a
 * client shows the same token for a quarter of an hour. Tokens are known by their digest, so that none is kept, and
 * the table has a fixed number of places: one that finds its place taken takes it.
 */
final class VerifiedTokens {
  private static final int PLACES = 1 << 13; // two megabytes when full

  private final AtomicReferenceArray<@Nullable Entry> entries = new AtomicReferenceArray<>(PLACES);

  private record Entry(ByteBuffer digest, VerifiedToken token) {}

  /** What the token says; verify is asked where that is not known, and throws where it is not valid. */
  VerifiedToken get(String token, Function<String, VerifiedToken> verify) {
    ByteBuffer digest = ByteBuffer.wrap(new Digest().add(token).bytes());
    int place = digest.getShort(0) & (PLACES - 1);
    Entry entry = entries.get(place);
    if (entry != null && entry.digest.equals(digest)) {
      return entry.token;
    }
    VerifiedToken verified = verify.apply(token);
    entries.set(place, new Entry(digest, verified));
    return verified;
  }
}
