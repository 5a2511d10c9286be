package dev.knatter.adapter.http;

import java.util.concurrent.Executor;
import java.util.function.BiFunction;

/** What is done with a request, decided by its head alone. */
public sealed interface Plan {

  /** Its answer is known. The body, if any, is not looked at. */
  record Reply(Response response) implements Plan {}

  /**
   * Reads the body and does the work on a virtual thread.
   *
   * @param maxBody the largest body in bytes
   * @param work    gets the body, and what it may wait in: that runs a wait on the same thread, and the request is no work
   *     meanwhile. It throws RejectedExecutionException when as many wait as may, and CancellationException when the client
   *     has gone
   */
  record Work(int maxBody, BiFunction<byte[], Executor, Response> work) implements Plan {}
}
