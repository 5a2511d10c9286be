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
 * A time that an answer names was true at some moment between the request and the answer. So it only moves this clock if what the
 * clock says cannot be right: a slow answer does not set it back, or the next id would be earlier than those before.
 */
public final class ServerClock {
  private final Clock local;
  private Duration ahead = Duration.ZERO;
  private long lastMinted;

  public ServerClock(Clock local) {
    this.local = local;
  }

  /** What this machine's own clock says. */
  public Instant local() {
    return local.instant();
  }

  /** Takes a time of the server from a moment that has passed: after a long poll, half a minute ago. */
  public synchronized void observe(Instant serverTime) {
    notBehind(serverTime);
  }

  /**
   * Takes the time that an answer names.
   *
   * @param asked what {@link #local} said before the request was sent
   */
  public synchronized void observe(Instant serverTime, Instant asked) {
    notBehind(serverTime);
    notAhead(serverTime, asked);
  }

  /**
   * Takes the header Date of an answer, which is cut to seconds.
   *
   * @param asked what {@link #local} said before the request was sent
   */
  synchronized void observeDate(Instant date, Instant asked) {
    notBehind(date);
    notAhead(date.plusSeconds(1), asked);
  }

  private void notBehind(Instant earliest) {
    Duration least = Duration.between(local.instant(), earliest);
    ahead = ahead.compareTo(least) < 0 ? least : ahead;
  }

  private void notAhead(Instant latest, Instant asked) {
    Duration most = Duration.between(asked, latest);
    ahead = ahead.compareTo(most) > 0 ? most : ahead;
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
