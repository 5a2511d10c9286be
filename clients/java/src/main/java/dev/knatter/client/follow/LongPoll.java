package dev.knatter.client.follow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import dev.knatter.client.http.NoAnswerException;
import dev.knatter.client.http.ProblemException;

/** Requests that the server holds back until there is something. They go through everything that lets requests through. */
final class LongPoll implements Connection {
  private static final Duration WAIT = Duration.ofSeconds(25);
  /** After which the better ways have another chance. */
  private static final Duration TERM = Duration.ofMinutes(5);

  private final Inbox inbox;
  private final Progress progress;
  private final Clock clock;

  LongPoll(Inbox inbox, Progress progress, Clock clock) {
    this.inbox = inbox;
    this.progress = progress;
    this.clock = clock;
  }

  @Override
  public Ended run() throws UnusableException {
    Instant end = clock.instant().plus(TERM);
    boolean opened = false;
    do {
      try {
        // The first one is answered at once, and so tells whether this way works.
        progress.take(inbox.after(progress.cursor(), opened ? WAIT : Duration.ZERO));
      } catch (NoAnswerException | ProblemException e) {
        if (!opened) {
          throw new UnusableException(e);
        }
        return new Ended(e.retryAfter(), e.getMessage());
      }
      if (!opened) {
        opened = true;
        progress.connected(Way.LONG_POLL);
      }
    } while (clock.instant().isBefore(end) && !Thread.currentThread().isInterrupted());
    return new Ended(Duration.ZERO, "a better way may work by now");
  }
}
