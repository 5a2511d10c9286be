package dev.knatter.functions.stream;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.knatter.chat.live.Channel;
import dev.knatter.chat.live.FramePublisher;
import dev.knatter.chat.live.LiveFrame.Bye;
import dev.knatter.guard.HeldGuard;
import dev.knatter.shared.DomainError;
import dev.knatter.shared.DomainError.Unauthenticated;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.token.Identity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the session of each connection that a proxy has taken once more, some seconds after the opening. The opening may have
 * been checked by a read of the revocations from before the session's end, and the end may have been published before the proxy
 * had subscribed the connection: then nobody would tell it any more. A process looks after its own connections by itself.
 */
final class RevocationRecheck implements AutoCloseable {
  /** Then every process refuses the session's tokens, and the proxy has subscribed the connection long ago. */
  private static final Duration DELAY = Duration.ofSeconds(6);
  /** Longer than the read may be old by which the check is made: so that it began after the opening. */
  private static final Duration LEAST_DELAY = Duration.ofMillis(2_500);
  /** How long a stop waits for the checks themselves. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);
  /** About 1.5 KiB each. */
  private static final int MAX_WAITING = 5_000;
  private static final Logger log = LoggerFactory.getLogger(RevocationRecheck.class);

  private final HeldGuard guard;
  private final Supplier<FramePublisher> frames;
  private final Duration leastDelay;
  private final Duration delay;
  private final int maxWaiting;
  private final Semaphore places;
  private final CountDownLatch stopping = new CountDownLatch(1);

  RevocationRecheck(HeldGuard guard, Supplier<FramePublisher> frames) {
    this(guard, frames, LEAST_DELAY, DELAY, MAX_WAITING);
  }

  /**
   * @param leastDelay after the opening, also while the process stops
   * @param delay      after the opening; and before the second attempt, if the first one has failed
   * @param maxWaiting how many connections wait for their check at once
   */
  RevocationRecheck(HeldGuard guard, Supplier<FramePublisher> frames, Duration leastDelay, Duration delay,
      int maxWaiting) {
    this.guard = guard;
    this.frames = frames;
    this.leastDelay = leastDelay;
    this.delay = delay;
    this.maxWaiting = maxWaiting;
    this.places = new Semaphore(maxWaiting);
  }

  /**
   * Checks a connection later, in the background.
   *
   * @param connection its id at the proxy
   * @throws Unavailable if too many wait already: a connection that is not checked must not open
   */
  void opened(Identity identity, String connection) {
    if (!places.tryAcquire()) {
      throw new Unavailable("Too many connections are being opened.");
    }
    Thread.ofVirtual().name("recheck").start(() -> {
      try {
        checkLater(identity, connection);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        places.release();
      }
    });
  }

  private void checkLater(Identity identity, String connection) throws InterruptedException {
    Thread.sleep(leastDelay);
    awaitStop(delay.minus(leastDelay));
    if (!check(identity, connection)) {
      awaitStop(delay);
      if (!check(identity, connection)) {
        log.warn("Whether the session of a connection at a proxy has ended was not checked again.");
      }
    }
  }

  private void awaitStop(Duration atMost) throws InterruptedException {
    boolean _ = stopping.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Returns false if it cannot be told whether the session has ended, or if a proxy has not accepted that it has. */
  private boolean check(Identity identity, String connection) {
    try {
      guard.requireStillLive(identity);
      return true;
    } catch (Unauthenticated e) {
      return end(Channel.connection(identity.userId(), connection));
    } catch (DomainError e) {
      return false; // the store is away
    }
  }

  private boolean end(String channel) {
    try {
      return frames.get().end(List.of(channel), Bye.REVOKED);
    } catch (RuntimeException e) {
      log.warn("A connection of an ended session was not ended: {}", e.toString());
      return false;
    }
  }

  /** Makes the checks that wait, as soon as they can tell something, and waits for them. */
  @Override
  public void close() {
    stopping.countDown();
    try {
      boolean _ = places.tryAcquire(maxWaiting, leastDelay.plus(STOP_TIMEOUT).toMillis(),
          TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
