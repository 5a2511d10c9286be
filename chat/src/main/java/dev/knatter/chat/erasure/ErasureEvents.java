package dev.knatter.chat.erasure;

import java.time.Instant;
import java.util.Optional;

import dev.knatter.chat.publication.ChatEvent;
import dev.knatter.chat.publication.EventReference;
import dev.knatter.shared.store.Cassandra;

/** The events about erasures, as far as the store knows that they have happened. */
public final class ErasureEvents {
  private final ErasureReports reports;

  public ErasureEvents(Cassandra cassandra) {
    this.reports = new ErasureReports(cassandra);
  }

  /** The event of an erasure that has begun; empty if it has not. */
  public Optional<ChatEvent> erased(EventReference reference, Instant time) {
    return reports.find(reference.id()) == null
        ? Optional.empty()
        : Optional.of(new ChatEvent(reference, time));
  }
}
