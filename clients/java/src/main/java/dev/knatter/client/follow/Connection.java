package dev.knatter.client.follow;

import java.time.Duration;

import dev.knatter.client.http.KnatterException;
import dev.knatter.client.http.NoAnswerException;
import dev.knatter.client.http.SessionEndedException;

/** One connection of one way. */
interface Connection {
  /** How long a server may take to say the first word. A cold start is within that. */
  Duration OPENING = Duration.ofSeconds(15);

  static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /**
   * Tells what comes until the connection ends.
   *
   * @return how long to wait before the next one
   * @throws UnusableException if it never worked: another way may
   * @throws SessionEndedException if somebody must log in
   */
  Ended run() throws UnusableException;

  /**
   * Why a connection has ended that had worked.
   *
   * @param pause what the server asks for before the next one
   */
  record Ended(Duration pause, String reason) {
    static Ended by(KnatterException failure) {
      return new Ended(Duration.ZERO, failure.getMessage());
    }

    /** As a frame of the type {@code bye} says. */
    static Ended by(Frame bye) {
      long millis = bye.afterMillis() == null ? 0 : Math.min(Math.max(bye.afterMillis(), 0), 60_000);
      String reason = String.valueOf(bye.reason());
      // Who has too many connections gets one when another one ends.
      return new Ended(reason.equals("too-many") ? Duration.ofMinutes(1) : Duration.ofMillis(millis),
          reason);
    }
  }

  /** The connection never worked. */
  final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableException(String message, Throwable cause) {
      super(message, cause);
    }

    UnusableException(KnatterException failure) {
      this(failure.getMessage(), failure);
    }

    UnusableException(String message) {
      this(message, new NoAnswerException(message));
    }
  }
}
