package dev.knatter.shared.store;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.connection.ConnectionListener;

/**
 * Makes the Redisson client in the background. If Redisson's first attempt to connect fails, that client never connects, so
 * this class makes a new client after a second. A client that was connected once reconnects by itself.
 */
final class RedisConnector implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration SHUTDOWN = Duration.ofSeconds(2);

  private final RedisSettings settings;
  private final ConnectionListener listener;
  private final Consumer<@Nullable Throwable> outcome;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread connecting = Thread.ofVirtual().name("redis-connect").unstarted(this::connect);
  private volatile CompletableFuture<RedissonClient> client = new CompletableFuture<>();
  private volatile boolean closed;

  /** @param outcome takes the failure of each failed attempt, and null for the attempt that succeeds */
  RedisConnector(RedisSettings settings, ConnectionListener listener,
      Consumer<@Nullable Throwable> outcome) {
    this.settings = settings;
    this.listener = listener;
    this.outcome = outcome;
  }

  void start() {
    connecting.start();
  }

  /**
   * Returns the client of the current attempt. The future fails if that attempt fails; a later call returns the future of a
   * later attempt.
   */
  CompletableFuture<RedissonClient> client() {
    return client;
  }

  private void connect() {
    while (!closed && !attempt()) {
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        return; // closed
      }
      client = new CompletableFuture<>();
    }
  }

  private boolean attempt() {
    try {
      client.complete(Redisson.create(RedissonConfig.of(settings, threads, listener)));
      outcome.accept(null);
      return true;
    } catch (RuntimeException e) {
      outcome.accept(e);
      client.completeExceptionally(e);
      return false;
    }
  }

  @Override
  public void close() {
    closed = true;
    connecting.interrupt();
    var _ = client.thenAccept(made -> made.shutdown(0, SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS));
    threads.shutdown();
  }
}
