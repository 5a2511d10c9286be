package dev.knatter.functions.outbox;

import java.time.Duration;
import java.util.function.Function;

import dev.knatter.chat.pending.PendingSweep.Outcome;
import dev.knatter.chat.delivery.PublicationSweep;
import dev.knatter.chat.delivery.Sweep;
import dev.knatter.chat.erasure.ErasureSweep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/** Runs the sweeps and continues erasures, for as long as an event may take. The next event continues. */
final class OutboxFunction implements Function<Message<Tick>, Message<byte[]>> {
  /** Less than the service's time-out of 30 s, with time for the statements that are in progress. */
  private static final Duration FOR_ALL = Duration.ofSeconds(21);
  private static final Duration FOR_MESSAGES = Duration.ofSeconds(10);
  private static final Duration FOR_PUBLICATIONS = Duration.ofSeconds(5);
  private static final Logger log = LoggerFactory.getLogger(OutboxFunction.class);

  private final Sweep sweep;
  private final PublicationSweep publications;
  private final ErasureSweep erasures;

  OutboxFunction(Sweep sweep, PublicationSweep publications, ErasureSweep erasures) {
    this.sweep = sweep;
    this.publications = publications;
    this.erasures = erasures;
  }

  @Override
  public Message<byte[]> apply(Message<Tick> message) {
    long start = System.nanoTime();
    Outcome outcome = sweep.run(FOR_MESSAGES);
    if (!outcome.complete()) {
      log.info("The next event goes on with the sweep.");
    }
    publications.run(FOR_PUBLICATIONS);
    Duration remaining = FOR_ALL.minusNanos(System.nanoTime() - start);
    int finished = erasures.run(remaining, outcome.complete());
    if (finished > 0) {
      log.info("Finished {} erasures.", finished);
    }
    return MessageBuilder.withPayload(new byte[0]).setHeader("statusCode", 202).build();
  }
}
