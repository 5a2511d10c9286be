package dev.knatter.functions.outbox;

import java.time.Duration;
import java.util.function.Function;

import dev.knatter.core.message.Sweep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/** Sweeps for as long as an event may take; the next event goes on where this one ended. */
final class OutboxFunction implements Function<Message<Tick>, Message<byte[]>> {
  /** Below the service's time-out of 30 s, with room for the statement that is under way. */
  private static final Duration ALLOWED = Duration.ofSeconds(20);
  private static final Logger log = LoggerFactory.getLogger(OutboxFunction.class);

  private final Sweep sweep;

  OutboxFunction(Sweep sweep) {
    this.sweep = sweep;
  }

  @Override
  public Message<byte[]> apply(Message<Tick> message) {
    Sweep.Outcome outcome = sweep.run(ALLOWED);
    if (outcome.entered() > 0 || !outcome.complete()) {
      log.info("Entered {} messages anew; {}.", outcome.entered(),
          outcome.complete() ? "all is swept" : "more is left for the next event");
    }
    return MessageBuilder.withPayload(new byte[0]).setHeader("statusCode", 202).build();
  }
}
