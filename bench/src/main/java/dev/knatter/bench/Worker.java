package dev.knatter.bench;

import java.io.IOException;

/** Makes one request after the other. Not for several threads. */
interface Worker extends AutoCloseable {
  /** Makes a request and waits for its answer. Throws for any answer but the right one. */
  void once() throws Exception;

  @Override
  default void close() throws IOException {}
}
