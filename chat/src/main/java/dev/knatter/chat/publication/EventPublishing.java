package dev.knatter.chat.publication;

/** What a process needs to publish events: while it writes, and when it sweeps. */
public interface EventPublishing {
  /** Opens publications for what writes to the stores. */
  Publications publications();

  /** Where a sweep sends events. Without a sink it accepts nothing, so that rows stay until there is one. */
  EventSink sink();

  /** The table that a sweep visits. */
  PublicationTable table();
}
