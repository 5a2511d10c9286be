package dev.knatter.shared.store.resp;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/** One Redis, over one connection at a time. */
public final class Server implements Servers {
  /** For each step: to connect, to be let in, to be answered. */
  public static final int TIMEOUT_MILLIS = 400;

  private final Address address;
  private volatile Connection connection;
  private volatile boolean closed;

  private Server(Address address) {
    this.address = address;
    this.connection = Connection.open(address);
  }

  /** Starts to connect and returns at once. */
  public static Server open(Address address) {
    return new Server(address);
  }

  @Override
  public @Nullable Object ask(String key, byte[] command) throws IOException, InterruptedException {
    return ask(connection(), command);
  }

  static @Nullable Object ask(Connection connection, byte[] command)
      throws IOException, InterruptedException {
    CompletableFuture<@Nullable Object> answer = connection.call(command);
    try {
      return answer.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (TimeoutException e) {
      connection.giveUp(answer);
      throw new IOException("Redis did not answer in time.", e);
    }
  }

  @Override
  public CompletableFuture<@Nullable Object> tell(String key, byte[] command) {
    return connection().call(command);
  }

  private Connection connection() {
    Connection present = connection;
    return present.broken() ? replaced(present) : present;
  }

  private synchronized Connection replaced(Connection broken) {
    if (connection == broken && !closed) {
      connection = Connection.open(address);
    }
    return connection;
  }

  @Override
  public Address listeningPost() {
    return address;
  }

  @Override
  public synchronized void close() {
    closed = true;
    connection.close();
  }
}
