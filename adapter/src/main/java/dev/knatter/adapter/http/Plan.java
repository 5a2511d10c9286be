package dev.knatter.adapter.http;

import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** How the server goes on with a request. The handler decides it when it has read the head, and nothing of the body. */
public sealed interface Plan {

  /** The answer is known already. The server drops the body. */
  record Reply(Response response) implements Plan {}

  /**
   * The server reads the body, and then calls {@code work} on a virtual thread.
   *
   * @param maxBody the largest body in bytes
   * @param waits   whether it is a long poll: the server counts and limits those separately ({@link Capacity})
   * @param work    makes the response of the body. A long poll waits in the Executor: it runs the wait on the same
   *                thread, and throws CancellationException when the client has left meanwhile
   */
  record Work(int maxBody, boolean waits, BiFunction<byte[], Executor, Response> work) implements Plan {
    /** The same plan with work that wraps this work. */
    public Work around(UnaryOperator<BiFunction<byte[], Executor, Response>> more) {
      return new Work(maxBody, waits, more.apply(work));
    }
  }
}
