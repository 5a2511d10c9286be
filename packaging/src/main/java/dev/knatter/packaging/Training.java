package dev.knatter.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import dev.knatter.embedded.ChildProcess;
import dev.knatter.embedded.Ports;

/** Runs a program and sends it the requests of its training session. */
final class Training {
  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration STOP = Duration.ofMinutes(2);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final long LOOK_EVERY_MILLIS = 20;
  private static final int REPETITIONS = 20;

  private Training() {}

  /**
   * Starts the program, sends the requests and stops it.
   *
   * @throws IllegalStateException if it does not start, answers something else, or does not end with 0
   */
  static void run(Program program, PackageFolder packaged, List<String> command,
      List<TrainingRequest> session, Path log)
      throws InterruptedException {
    int port = Ports.free();
    Map<String, String> environment = new HashMap<>(program.environment());
    environment.put("PORT", Integer.toString(port));
    try (ChildProcess child = ChildProcess.start(command, packaged.folder(), environment, log);
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      URI server = URI.create("http://127.0.0.1:" + port);
      if (!child.becomesHealthy(server, START)) {
        throw new IllegalStateException(
            "%s does not become ready.%n%s".formatted(program.name(), child.lastLines()));
      }
      for (TrainingRequest exchange : session) {
        ask(client, server, exchange, program.name());
      }
      child.terminate();
      requireSuccess(program.name(), child, STOP);
    }
  }

  /** @throws IllegalStateException unless it ends with 0 in time */
  static void requireSuccess(String what, ChildProcess child, Duration limit) throws InterruptedException {
    int status = child.exitStatus(limit);
    if (status != 0) {
      throw new IllegalStateException(
          "%s has failed with %d.%n%s".formatted(what, status, child.lastLines()));
    }
  }

  private static void ask(HttpClient client, URI server, TrainingRequest exchange, String name)
      throws InterruptedException {
    HttpResponse<String> answer = null;
    try {
      for (int i = 0; i < exchange.atMost(); i++) {
        answer = send(client, server, exchange.again().apply(exchange));
        if (answer.statusCode() == exchange.status()) {
          return;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("%s answers %s %s with %s instead of %d: %s".formatted(name,
        exchange.method(), exchange.target(), answer == null ? "nothing" : answer.statusCode(),
        exchange.status(),
        answer == null ? "" : answer.body()));
  }

  /** Repeats a request that is answered by 503: stores that share a busy machine may be slow. */
  private static HttpResponse<String> send(HttpClient client, URI server, TrainingRequest exchange)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = sendOnce(client, server, exchange);
    for (int i = 0; i < REPETITIONS && answer.statusCode() == 503; i++) {
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
      answer = sendOnce(client, server, exchange);
    }
    return answer;
  }

  private static HttpResponse<String> sendOnce(HttpClient client, URI server, TrainingRequest exchange)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(exchange.target()))
      .timeout(ANSWER)
      .header("X-Forwarded-For", address() + ", 10.0.0.1")
      .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
      .method(exchange.method(), exchange.body().isEmpty()
          ? BodyPublishers.noBody()
          : BodyPublishers.ofString(exchange.body()));
    exchange.headers().forEach(request::header);
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** Another address each time (from RFC 2544's range), or the limit of one address would be reached. */
  private static String address() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return "198.18." + random.nextInt(256) + "." + random.nextInt(256);
  }
}
