package dev.knatter.bench.screen;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import dev.knatter.bench.process.FunctionProcess;
import dev.knatter.bench.process.HttpConnection;
import dev.knatter.bench.setup.BenchEnvironment;
import dev.knatter.bench.setup.Packages;

/**
 * A packaged function whose process starts with the first request. Requests wait until it is ready, as they do behind Knative's
 * activator.
 */
final class SleepingFunction implements Closeable {
  private final FunctionProcess process;
  private final FutureTask<Boolean> start;

  private SleepingFunction(FunctionProcess process) {
    this.process = process;
    this.start = new FutureTask<>(() -> {
      process.start();
      process.awaitReady().close();
      return true;
    });
  }

  /** @param environment variables besides those of the stores */
  static SleepingFunction prepare(BenchEnvironment bench, String name, Map<String, String> environment) {
    return new SleepingFunction(bench.prepare(name, Packages.product(name).command(), environment));
  }

  /** Starts it, unless somebody has, and returns when it is ready. */
  void awake() throws ExecutionException, InterruptedException {
    start.run(); // which does nothing the second time
    boolean _ = start.get();
  }

  /**
   * Sends a request, and starts the process for it if there is none.
   *
   * @return the body of the answer
   * @throws IllegalStateException for another status than those from 200 to 299
   */
  String answer(byte[] request) throws IOException, ExecutionException, InterruptedException {
    awake();
    try (HttpConnection connection = new HttpConnection(process.port())) {
      int status = connection.exchange(request);
      if (status < 200 || status > 299) {
        throw new IllegalStateException(
            "%s answered %d: %s".formatted(process.name(), status, connection.body()));
      }
      return connection.body();
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
