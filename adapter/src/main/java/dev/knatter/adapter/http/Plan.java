package dev.knatter.adapter.http;

import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** What is done with a request, decided by its head alone. */
public sealed interface Plan {

  /** Its answer is known. The body, if any, is not looked at. */
  record Reply(Response response) implements Plan {}

  /**
   * Reads the body and does the work on a virtual thread.
   *
   * @param maxBody the largest body in bytes
   * @param waits   whether the work may wait for something to happen: it is counted, and bounded, with its like alone
   * @param work    gets the body, and what it waits in: that runs a wait on the same thread, and throws
   *     CancellationException when the client has gone meanwhile
   */
  record Work(int maxBody, boolean waits, BiFunction<byte[], Executor, Response> work) implements Plan {
    /** The same with something around it. */
    public Work around(UnaryOperator<BiFunction<byte[], Executor, Response>> more) {
      return new Work(maxBody, waits, more.apply(work));
    }
  }
}
