package dev.knatter.bench.generator;

import java.io.IOException;

/** Makes one request after the other. Not for several threads. */
public interface Worker extends AutoCloseable {
  /** Makes a request and waits for its answer. Throws for any answer but the right one. */
  void once() throws Exception;

  @Override
  default void close() throws IOException {}
}
