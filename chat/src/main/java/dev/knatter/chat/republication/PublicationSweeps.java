package dev.knatter.chat.republication;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

import dev.knatter.chat.message.Slices;
import dev.knatter.chat.pending.PendingSweep.Outcome;
import dev.knatter.chat.publication.EventPublishing;
import dev.knatter.shared.store.Cassandra;

/** The sweeps of all destinations. One that is away holds up no other. */
public final class PublicationSweeps {
  private final List<PublicationSweep> sweeps;

  public PublicationSweeps(Cassandra cassandra, Clock clock, Slices slices, EventPublishing publishing) {
    this.sweeps = publishing.swept()
      .stream()
      .map(one -> new PublicationSweep(cassandra, clock, slices, one.table(), one.sink()))
      .toList();
  }

  /** Continues every pass where it stopped, for about as long as allowed. */
  public Outcome run(Duration allowed) {
    return run(allowed, () -> true);
  }

  /** @param isRunning asked before each bucket; false stops the run */
  public Outcome run(Duration allowed, BooleanSupplier isRunning) {
    int finished = 0;
    boolean complete = true;
    for (PublicationSweep sweep : sweeps) {
      Outcome outcome = sweep.run(allowed.dividedBy(sweeps.size()), isRunning);
      finished += outcome.finished();
      complete &= outcome.complete();
    }
    return new Outcome(finished, complete);
  }
}
