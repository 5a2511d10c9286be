package dev.knatter.adapter.http;

import org.jspecify.annotations.Nullable;

/** What the server serves. */
public interface Service {

  /** Decides by the head, before any of the body is read. Runs on an event loop: must not block. */
  Plan plan(Head head);

  /** @param head of the request, as far as it could be read; null where nothing of it could */
  Response fault(Fault fault, @Nullable Head head);

  /** The answer to work that has thrown. */
  Response failed(Throwable failure, @Nullable Head head);
}
