package dev.knatter.functions.outbox;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

import dev.knatter.chat.deadletter.DeadLetterRetries;
import dev.knatter.chat.delivery.Sweep;
import dev.knatter.chat.erasure.ErasureSweep;
import dev.knatter.chat.live.EndSlots;
import dev.knatter.chat.pending.PendingSweep.Outcome;
import dev.knatter.chat.republication.PublicationSweeps;
import dev.knatter.chat.webhook.WebhookRetries;
import dev.knatter.shared.DomainError.Unavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Runs the sweeps, ends held connections whose time is over, removes deleted groups, continues erasures, and retries dead
 * letters and deliveries to webhooks, for as long as an event may take. The next event continues. Deliveries wait for strangers
 * nearly all of the time, so they run beside the rest.
 */
final class OutboxFunction implements Function<Message<Tick>, Message<byte[]>> {
  /** Less than the service's time-out of 30 s, with time for the calls that are in progress. */
  private static final Duration FOR_ALL = Duration.ofSeconds(22);
  private static final Duration UNTIL_ERASED = Duration.ofSeconds(19);
  private static final Duration FOR_MESSAGES = Duration.ofSeconds(8);
  private static final Duration FOR_PUBLICATIONS = Duration.ofSeconds(4);
  private static final Logger log = LoggerFactory.getLogger(OutboxFunction.class);

  private final Sweep sweep;
  private final PublicationSweeps publications;
  private final EndSlots ends;
  private final GroupSweeps groups;
  private final ErasureSweep erasures;
  private final Optional<DeadLetterRetries> deadLetters;
  private final WebhookRetries webhooks;

  /** @param deadLetters empty where there is no broker */
  OutboxFunction(Sweep sweep, PublicationSweeps publications, EndSlots ends, GroupSweeps groups,
      ErasureSweep erasures, Optional<DeadLetterRetries> deadLetters, WebhookRetries webhooks) {
    this.sweep = sweep;
    this.publications = publications;
    this.ends = ends;
    this.groups = groups;
    this.erasures = erasures;
    this.deadLetters = deadLetters;
    this.webhooks = webhooks;
  }

  @Override
  public Message<byte[]> apply(Message<Tick> message) {
    FutureTask<Integer> deliveries = new FutureTask<>(() -> webhooks.run(FOR_ALL));
    Thread.ofVirtual().name("webhooks").start(deliveries);
    sweepAndRetry();
    int delivered = outcome(deliveries);
    if (delivered > 0) {
      log.info("Delivered {} events to webhooks that had not taken them before.", delivered);
    }
    return MessageBuilder.withPayload(new byte[0]).setHeader("statusCode", 202).build();
  }

  private void sweepAndRetry() {
    long start = System.nanoTime();
    Outcome outcome = sweep.run(FOR_MESSAGES);
    if (!outcome.complete()) {
      log.info("The next event goes on with the sweep.");
    }
    boolean swept = outcome.complete();
    Parts.runAll(this::endConnections, () -> publications.run(FOR_PUBLICATIONS), () -> groups.run(swept),
        () -> erase(UNTIL_ERASED.minusNanos(System.nanoTime() - start), swept),
        () -> deadLetters
          .ifPresent(retries -> retry(retries, FOR_ALL.minusNanos(System.nanoTime() - start))));
  }

  private void endConnections() {
    if (!ends.end()) {
      log.info("A proxy is away: the next event ends the connections again whose time is over.");
    }
  }

  private void erase(Duration allowed, boolean swept) {
    int finished = erasures.run(allowed, swept);
    if (finished > 0) {
      log.info("Finished {} erasures.", finished);
    }
  }

  private static int outcome(FutureTask<Integer> deliveries) {
    try {
      return deliveries.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("The server is stopping.");
    }
  }

  private static void retry(DeadLetterRetries retries, Duration allowed) {
    DeadLetterRetries.Result result = retries.run(allowed);
    if (result.accepted() + result.refused() > 0 || !result.complete()) {
      log.info("Retried dead letters: the broker accepted {} and refused {}; {}.", result.accepted(),
          result.refused(), result.complete() ? "no other is due" : "more is left for the next event");
    }
  }
}
