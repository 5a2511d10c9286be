package dev.knatter.local.broker;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Semaphore;

import dev.knatter.adapter.event.Event;
import dev.knatter.adapter.event.EventSender;

/** Posts events until they are taken, as often as a {@link Delivery} says. {@code Retry-After} is not obeyed, as in Knative. */
final class RetryingSender implements AutoCloseable {
  /** How long a function may take, in knative/base. */
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
   * Returns the last answer.
   *
   * @param permits how many may post at the same time; none is held during a pause
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
