package dev.knatter.client.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The server's clock, as far as answers have told it. It mints clientIds: UUIDs of version 7 (RFC 9562, section 5.7), whose
 * times the server compares with its own.
 *
 * <p>
 * An answer tells the server's time of a moment before it arrived: after a long poll, half a minute before. So the answer that
 * lets the clock be furthest ahead is the best one, and the clock is rather behind than ahead: the server accepts ids that lie
 * up to 60 seconds back, but only one second ahead.
 */
public final class ServerClock {
  private final Clock local;
  private Duration ahead = Duration.ZERO;
  private boolean known;
  private long lastMinted;

  public ServerClock(Clock local) {
    this.local = local;
  }

  /** Takes a time that an answer names. */
  public synchronized void observe(Instant serverTime) {
    Duration seen = Duration.between(local.instant(), serverTime);
    if (!known || seen.compareTo(ahead) > 0) {
      ahead = seen;
      known = true;
    }
  }

  /**
   * Takes the time that a refusal names: somebody may have set the local clock. An answer that was on its way for long is no reason
   * to set this clock back, or the next id would be earlier than those before.
   *
   * @param asked what this clock said before the request was sent
   */
  public synchronized void correct(Instant serverTime, Instant asked) {
    if (asked.isAfter(serverTime)) {
      ahead = Duration.between(local.instant(), serverTime);
      known = true;
    } else {
      observe(serverTime);
    }
  }

  /** Takes an id that the server has minted: what is minted here from now on is later. */
  public synchronized UUID adopt(UUID id) {
    lastMinted = Math.max(lastMinted, millis(id));
    return id;
  }

  public synchronized Instant now() {
    return local.instant().plus(ahead);
  }

  /**
   * Mints an id whose time is later than that of every id before. So messages that are sent one after the other sort in that
   * order, also when the clock was set back in between.
   */
  public synchronized UUID mint() {
    long now = now().toEpochMilli();
    // A clock that was far ahead and is right now must not go on with times of the future.
    boolean follows = lastMinted - now < Duration.ofSeconds(1).toMillis();
    lastMinted = follows ? Math.max(now, lastMinted + 1) : now;
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = (lastMinted << 16) | 0x7000 | (random.nextLong() & 0x0FFF);
    long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  /** The time that a UUID of version 7 holds. */
  public static long millis(UUID id) {
    return id.getMostSignificantBits() >>> 16;
  }
}
