package dev.knatter.bench.generator;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.knatter.bench.process.HttpConnection;
import org.jspecify.annotations.Nullable;

/** Makes requests over one connection, and a new connection after one that broke. */
public final class HttpWorker implements Worker {
  private final int port;
  private final int expected;
  private final Supplier<byte[]> requests;
  private final Consumer<HttpConnection> answers;
  private @Nullable HttpConnection connection;

  /** @param expected the status of a right answer */
  public HttpWorker(int port, int expected, Supplier<byte[]> requests) {
    this(port, expected, requests, _ -> {});
  }

  /** @param answers takes each connection that has just brought a right answer */
  public HttpWorker(int port, int expected, Supplier<byte[]> requests, Consumer<HttpConnection> answers) {
    this.port = port;
    this.expected = expected;
    this.requests = requests;
    this.answers = answers;
  }

  @Override
  public void once() throws IOException {
    HttpConnection open = connection == null ? new HttpConnection(port) : connection;
    connection = null;
    int status = open.exchange(requests.get());
    connection = open;
    if (status != expected) {
      throw new IOException(status + " " + open.body());
    }
    answers.accept(open);
  }

  @Override
  public void close() throws IOException {
    if (connection != null) {
      connection.close();
    }
  }
}
