package dev.knatter.e2e.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.zip.GZIPInputStream;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.Pod;
import org.jspecify.annotations.Nullable;

/** Sends requests, and fails where an exchange is not as the description says. */
public final class Client {
  private static final Description DESCRIPTION = Description.load();
  /** Of a request to a busy store. */
  static final int TRIES = 12;
  /** More than any operation takes: what takes longer hangs. */
  private static final Duration TIMEOUT = Duration.ofSeconds(45);
  private static final HttpClient HTTP = HttpClient.newBuilder()
    .version(HttpClient.Version.HTTP_1_1)
    .connectTimeout(Duration.ofSeconds(10))
    .sslContext(Trust.context())
    .build();

  /** What may be answered at paths and methods of which the description says nothing. */
  private static final Set<Integer> UNDESCRIBED = Set.of(202, 204, 400, 404, 405);

  private Client() {}

  /**
   * Sends to whichever process serves the path. Where the store is slow although no test wants that, this does what clients do:
   * it sends again what may be sent again.
   */
  public static Answer exchange(Deployment deployment, Request request) {
    Pod pod = deployment.pod(request.path());
    Answer answer = exchange(pod, request);
    for (int tries = 1; tries < TRIES && answer.isOfABusyStore() && request.mayBeRepeated()
        && !deployment.storesFail(); tries++) {
      answer.awaitRetry();
      answer = exchange(pod, request);
    }
    return answer;
  }

  public static Answer exchange(Pod pod, Request request) {
    try {
      return tryExchange(pod, request);
    } catch (IOException e) {
      throw new AssertionError(request + " to " + pod + ": no answer", e);
    }
  }

  /**
   * For a process that is being killed.
   *
   * @throws IOException if there was no answer
   */
  public static Answer tryExchange(Pod pod, Request request) throws IOException {
    return tryExchange(pod, request, TIMEOUT);
  }

  /**
   * For a process that may not answer in time.
   *
   * @throws IOException if there was no answer
   */
  public static Answer tryExchange(Pod pod, Request request, Duration timeout) throws IOException {
    Answer answer = send(pod, request, timeout);
    check(request, answer);
    return answer;
  }

  /**
   * For a function that nobody outside can reach: the description of the API says nothing of it.
   *
   * @throws IOException if there was no answer
   */
  public static Answer exchangeInside(Pod pod, Request request) throws IOException {
    return send(pod, request, TIMEOUT);
  }

  private static Answer send(Pod pod, Request request, Duration timeout) throws IOException {
    HttpRequest.Builder builder = HttpRequest.newBuilder(pod.uri(request.target()))
      .timeout(timeout)
      .method(request.method(), request.body().isEmpty() && !request.method().equals("POST")
          ? HttpRequest.BodyPublishers.noBody()
          : HttpRequest.BodyPublishers.ofString(request.body()));
    request.headers().forEach(header -> builder.header(header.getKey(), header.getValue()));
    if (!request.contentType().isEmpty()) {
      builder.header("Content-Type", request.contentType());
    }
    if (pod.isRemote() && request.values("Accept-Encoding", false).isEmpty()) {
      builder.header("Accept-Encoding", "gzip"); // as most clients do, so that gateways do what they do for them
    }
    try {
      HttpResponse<byte[]> response = HTTP.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), response.headers(), body(response));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String body(HttpResponse<byte[]> response) throws IOException {
    byte[] body = response.body();
    if (body.length > 0
        && response.headers().firstValue("Content-Encoding").filter("gzip"::equals).isPresent()) {
      try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(body))) {
        body = unpacked.readAllBytes();
      }
    }
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Fails if the request was meant well and is wrong, or if the answer is none that is described. */
  static void check(Request request, Answer answer) {
    Operation operation = operation(request);
    if (operation == null) {
      assertThat(Operation.headerErrors(answer)).as("%s answered %s", request, answer).isEmpty();
      assertThat(answer.status()).as("%s is not described", request).isIn(UNDESCRIBED);
      return;
    }
    if (request.meantWell()) {
      assertThat(operation.errors(request)).as("%s", request).isEmpty();
    }
    assertThat(operation.errors(request, answer)).as("%s answered %s", request, answer).isEmpty();
  }

  /** HEAD is described as GET without the body; a method that a path lacks, by the refusal of those it has. */
  private static @Nullable Operation operation(Request request) {
    for (String method : new String[]{request.method().equals("HEAD") ? "GET" : request.method(), "GET",
        "POST"}) {
      Operation operation = DESCRIPTION.operation(method, request.path());
      if (operation != null && !request.method().equals("OPTIONS")) {
        return operation;
      }
    }
    return null;
  }
}
