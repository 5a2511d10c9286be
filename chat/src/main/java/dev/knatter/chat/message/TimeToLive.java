package dev.knatter.chat.message;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import dev.knatter.shared.Uuid7;
import org.jspecify.annotations.Nullable;

/**
 * How long the rows of a message live from now on. It follows from the time of the message's id, so an attempt
 * that is repeated does not make the life longer.
 *
 * @param seconds of the message; 0 for ever
 */
public record TimeToLive(int seconds) {
  public static final TimeToLive FOR_EVER = new TimeToLive(0);

  /** How much longer references live than their message: more than clocks differ and sweeps take. */
  private static final Duration REFERENCES = Duration.ofDays(1);
  /** In seconds, more than a request takes. */
  private static final int BETWEEN = 5;

  /**
   * The life of a message.
   *
   * @param retention of its conversation; null for ever
   */
  static TimeToLive of(UUID message, @Nullable Duration retention, Instant now) {
    if (retention == null) {
      return FOR_EVER;
    }
    long left = Uuid7.millis(message) + retention.toMillis() - now.toEpochMilli();
    return new TimeToLive(Math.toIntExact(Math.max(1, left / 1_000)));
  }

  /**
   * A somewhat shorter life, for a row that is written again at its own timestamp: the store keeps the longer
   * of the two lives, and some time passes between reading the first one and writing.
   */
  TimeToLive shortened() {
    return seconds == 0 ? this : new TimeToLive(Math.max(1, seconds - BETWEEN));
  }

  /** The life of the references to the message, in seconds; 0 for ever. */
  public int ofReferences() {
    return seconds == 0 ? 0 : Math.toIntExact(seconds + REFERENCES.toSeconds());
  }
}
