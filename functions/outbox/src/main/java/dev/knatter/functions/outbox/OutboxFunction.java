package dev.knatter.functions.outbox;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

import dev.knatter.chat.delivery.Sweep;
import dev.knatter.chat.erasure.ErasureSweep;
import dev.knatter.chat.webhook.WebhookRetries;
import dev.knatter.shared.DomainError.Unavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Runs the sweep, continues erasures, and tries failed deliveries to webhooks again, for as long as an event may take.
 * The next event continues. Deliveries wait for strangers nearly all of the time, so they run beside the rest.
 */
final class OutboxFunction implements Function<Message<Tick>, Message<byte[]>> {
  /** Less than the service's time-out of 30 s, with time for the statements that are in progress. */
  private static final Duration FOR_ALL = Duration.ofSeconds(21);
  private static final Duration FOR_MESSAGES = Duration.ofSeconds(14);
  private static final Logger log = LoggerFactory.getLogger(OutboxFunction.class);

  private final Sweep sweep;
  private final ErasureSweep erasures;
  private final WebhookRetries webhooks;

  OutboxFunction(Sweep sweep, ErasureSweep erasures, WebhookRetries webhooks) {
    this.sweep = sweep;
    this.erasures = erasures;
    this.webhooks = webhooks;
  }

  @Override
  public Message<byte[]> apply(Message<Tick> message) {
    FutureTask<Integer> retries = new FutureTask<>(() -> webhooks.run(FOR_ALL));
    Thread.ofVirtual().name("webhooks").start(retries);
    sweepAndErase();
    int delivered = outcome(retries);
    if (delivered > 0) {
      log.info("Delivered {} events that had failed before.", delivered);
    }
    return MessageBuilder.withPayload(new byte[0]).setHeader("statusCode", 202).build();
  }

  private void sweepAndErase() {
    long start = System.nanoTime();
    Sweep.Outcome outcome = sweep.run(FOR_MESSAGES);
    if (outcome.entered() > 0 || !outcome.complete()) {
      log.info("Entered {} messages anew; {}.", outcome.entered(),
          outcome.complete() ? "all is swept" : "more is left for the next event");
    }
    Duration remaining = FOR_ALL.minusNanos(System.nanoTime() - start);
    int finished = erasures.run(remaining, outcome.complete());
    if (finished > 0) {
      log.info("Finished {} erasures.", finished);
    }
  }

  private static int outcome(FutureTask<Integer> retries) {
    try {
      return retries.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("The server is stopping.");
    }
  }
}
