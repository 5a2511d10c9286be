package dev.knatter.adapter.http;

/** What the server serves. */
public interface Service {

  /** Decides by the head, before any of the body is read. Runs on an event loop: must not block. */
  Plan plan(Head head);

  Response fault(Fault fault);

  /** The answer to work that has thrown. */
  Response failed(Throwable failure);
}
