package dev.knatter.adapter.http;

import java.util.function.Function;

/** What is done with a request, decided by its head alone. */
public sealed interface Plan {

  /** Its answer is known. The body, if any, is not looked at. */
  record Reply(Response response) implements Plan {}

  /**
   * Reads the body and does the work on a virtual thread.
   *
   * @param maxBody the largest body in bytes
   */
  record Work(int maxBody, Function<byte[], Response> work) implements Plan {}
}
