package dev.knatter.chat.publication;

import java.util.List;

/** What a process needs to publish events: while it writes, and when it sweeps. */
public interface EventPublishing {
  /**
   * A destination of events, as a sweep needs it.
   *
   * @param sink  without one that is configured it accepts nothing, so that rows stay until there is one
   * @param table that a sweep visits
   */
  record Swept(PublicationTable table, EventSink sink) {}

  /** Opens publications for what writes to the stores. */
  Publications publications();

  /** What a sweep visits: each destination by itself. */
  List<Swept> swept();
}
