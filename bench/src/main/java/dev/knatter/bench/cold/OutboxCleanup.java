package dev.knatter.bench.cold;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import dev.knatter.bench.setup.MeasuredProgram;
import dev.knatter.bench.setup.MeasuredProgram.First;
import dev.knatter.chat.delivery.Sweep;
import dev.knatter.chat.delivery.SweepMeters;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.inbox.Outbox;
import dev.knatter.chat.message.Slices;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.CassandraSettings;

/**
 * The rows that sends without our outbox leave for its sweep. Ours delete theirs, so what is measured must find none:
 * it would take the longer, the more others were measured.
 */
final class OutboxCleanup implements AutoCloseable {
  private static final Duration ALLOWED = Duration.ofSeconds(30);

  private final Cassandra cassandra;
  private final Outbox outbox;
  private final Sweep sweep;

  OutboxCleanup(Env env) {
    Clock clock = Clock.systemUTC();
    this.cassandra = Cassandra.open(CassandraSettings.from(env), clock);
    Slices slices = new Slices(cassandra, clock);
    this.outbox = new Outbox(cassandra, new Inbox(cassandra), new Uuid7(clock), ThreadLocalRandom.current());
    this.sweep = new Sweep(cassandra, clock, slices, outbox, (_, _) -> {}, new SweepMeters());
  }

  /** The same, with whatever is left by then swept before each start. */
  MeasuredProgram sweptBefore(MeasuredProgram measured) {
    First first = measured.first();
    return new MeasuredProgram(measured.name(), measured.command(), new First(first.expected(), () -> {
      if (!sweep.run(ALLOWED).complete()) {
        throw new IllegalStateException("The outbox holds more than can be swept in " + ALLOWED);
      }
      return first.request().get();
    }));
  }

  @Override
  public void close() {
    outbox.close();
    cassandra.close();
  }
}
