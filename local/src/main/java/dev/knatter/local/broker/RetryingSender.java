package dev.knatter.local.broker;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Semaphore;

import dev.knatter.adapter.event.Event;
import dev.knatter.adapter.event.EventSender;

/**
 * Posts an event until the receiver accepts it, as often as a {@link Delivery} allows. Like Knative, it ignores
 * {@code Retry-After}.
 */
final class RetryingSender implements AutoCloseable {
  /** The longest time that a function may take, the same as in knative/base. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** Waits between two attempts. */
  @FunctionalInterface
  interface Pause {
    void sleep(Duration duration) throws InterruptedException;
  }

  private final EventSender sender = new EventSender(TIMEOUT);
  private final Pause pause;

  RetryingSender(Pause pause) {
    this.pause = pause;
  }

  /**
   * Sends an event and returns the last answer.
   *
   * @param permits limits how many attempts run at the same time; a pause takes none
   */
  Answer send(URI sink, Event event, Delivery delivery, Semaphore permits) throws InterruptedException {
    Answer answer = attempt(sink, event, permits);
    for (int retry = 0; retry < delivery.retry() && answer.isRetried(); retry++) {
      pause.sleep(delivery.pause(retry));
      answer = attempt(sink, event, permits);
    }
    return answer;
  }

  private Answer attempt(URI sink, Event event, Semaphore permits) throws InterruptedException {
    permits.acquire();
    try {
      return Answer.of(sender.send(sink, event));
    } catch (IOException e) {
      return Answer.none(e);
    } finally {
      permits.release();
    }
  }

  @Override
  public void close() {
    sender.close();
  }
}
