package dev.knatter.chat.message;

import java.time.Clock;
import java.util.Random;

import dev.knatter.chat.delivery.Sweep;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.inbox.Outbox;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;

/** The parts of one process that writes messages, on real stores and on a clock of the test's. */
public final class Pod implements AutoCloseable {
  public final Cassandra cassandra;
  public final Uuid7 ids;
  public final Slices slices;
  public final Outbox outbox;
  public final MessageLog log;
  public final Sweep sweep;
  public final IdempotencyKeys keys;

  public Pod(Cassandra cassandra, Clock clock, long seed) {
    Random random = new Random(seed);
    this.cassandra = cassandra;
    ids = new Uuid7(clock, random);
    slices = new Slices(cassandra, clock);
    outbox = new Outbox(cassandra, new Inbox(cassandra), ids, random);
    log = new MessageLog(cassandra, clock, random, slices, outbox);
    sweep = new Sweep(cassandra, clock, slices, outbox, (_, _) -> {});
    keys = new IdempotencyKeys(cassandra, log, ids);
  }

  @Override
  public void close() {
    outbox.close();
  }
}
