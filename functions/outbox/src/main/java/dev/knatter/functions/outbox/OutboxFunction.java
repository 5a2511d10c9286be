package dev.knatter.functions.outbox;

import java.time.Duration;
import java.util.function.Function;

import dev.knatter.chat.delivery.Sweep;
import dev.knatter.chat.erasure.ErasureSweep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/** Runs the sweep and continues erasures, for as long as an event may take. The next event continues. */
final class OutboxFunction implements Function<Message<Tick>, Message<byte[]>> {
  /** Less than the service's time-out of 30 s, with time for the statements that are in progress. */
  private static final Duration FOR_BOTH = Duration.ofSeconds(21);
  private static final Duration FOR_MESSAGES = Duration.ofSeconds(14);
  private static final Logger log = LoggerFactory.getLogger(OutboxFunction.class);

  private final Sweep sweep;
  private final ErasureSweep erasures;

  OutboxFunction(Sweep sweep, ErasureSweep erasures) {
    this.sweep = sweep;
    this.erasures = erasures;
  }

  @Override
  public Message<byte[]> apply(Message<Tick> message) {
    long start = System.nanoTime();
    Sweep.Outcome outcome = sweep.run(FOR_MESSAGES);
    if (outcome.entered() > 0 || !outcome.complete()) {
      log.info("Entered {} messages anew; {}.", outcome.entered(),
          outcome.complete() ? "all is swept" : "more is left for the next event");
    }
    Duration remaining = FOR_BOTH.minusNanos(System.nanoTime() - start);
    int finished = erasures.run(remaining, outcome.complete());
    if (finished > 0) {
      log.info("Finished {} erasures.", finished);
    }
    return MessageBuilder.withPayload(new byte[0]).setHeader("statusCode", 202).build();
  }
}
