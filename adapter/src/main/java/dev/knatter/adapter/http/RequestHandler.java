package dev.knatter.adapter.http;

import org.jspecify.annotations.Nullable;

/** Answers the requests that the server receives. */
public interface RequestHandler {

  /** Decides how to go on with a request when its head has arrived. Runs on an event loop and must not block. */
  Plan plan(RequestHead head);

  /** @param head the request's, as far as it could be read; null where nothing of it could */
  Response fault(Fault fault, @Nullable RequestHead head);

  /** The answer where the work has thrown. */
  Response failed(Throwable failure, @Nullable RequestHead head);
}
