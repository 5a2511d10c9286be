package dev.knatter.client.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;

import org.jspecify.annotations.Nullable;

/** Sends one request and returns what came back, whatever it is, within a time. */
public final class Transport {
  /** No answer is so large when it is unpacked; a few bytes could otherwise fill the memory. */
  private static final int LARGEST = 64 * 1024 * 1024;

  private final HttpClient client;
  private final String base;
  private final Duration timeout;
  private final ServerClock clock;

  /**
   * @param base the address of an installation, like {@code https://chat.example.com}
   * @param timeout of each request, from its first byte to the last of its answer
   */
  public Transport(HttpClient client, URI base, Duration timeout, ServerClock clock) {
    if (base.getHost() == null || !("http".equals(base.getScheme()) || "https".equals(base.getScheme()))) {
      throw new IllegalArgumentException("An address begins with https:// or http://, and this does not: "
          + base);
    }
    this.client = client;
    this.base = base.toString().replaceAll("/+$", "");
    this.timeout = timeout;
    this.clock = clock;
  }

  public HttpClient client() {
    return client;
  }

  public ServerClock clock() {
    return clock;
  }

  public Duration timeout() {
    return timeout;
  }

  public URI uri(String target) {
    return URI.create(base + target);
  }

  /**
   * @param token of who calls; null for nobody
   * @throws NoAnswerException if nothing came back, or not in time
   */
  public Reply exchange(Call call, @Nullable String token) {
    HttpRequest request = request(call, token).header("Accept-Encoding", "gzip").build();
    Instant asked = clock.local();
    HttpResponse<byte[]> response = await(client.sendAsync(request, BodyHandlers.ofByteArray()),
        timeout.plus(call.hold()), call);
    Reply reply = new Reply(response.statusCode(), response.headers(), unpacked(response, call));
    reply.date().ifPresent(date -> clock.observeDate(date, asked));
    return reply;
  }

  /** Sends a request whose answer nobody needs, and waits for nothing. The result comes with the answer, and never fails. */
  public CompletableFuture<Void> touch(Call call) {
    return client.sendAsync(request(call, null).build(), BodyHandlers.discarding())
      .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
      .handle((answer, failure) -> null);
  }

  /**
   * Opens an answer that comes line by line. The time-out is of its head; each line has one of its own.
   *
   * @throws NoAnswerException if nothing came back, or not in time
   */
  public Lines lines(Call call, @Nullable String token) {
    HttpRequest request = request(call, token).build();
    return Lines.of(await(client.sendAsync(request, BodyHandlers.ofPublisher()), timeout, call));
  }

  private HttpRequest.Builder request(Call call, @Nullable String token) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(call.target()))
      .method(call.method(), publisher(call));
    if (call.body() != null) {
      request.header("Content-Type", "application/json");
    }
    call.headers().forEach(request::header);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  /** A POST or PUT without a body says so: the server wants its length (411). */
  private static BodyPublisher publisher(Call call) {
    if (call.body() != null) {
      return BodyPublishers.ofByteArray(Json.bytes(call.body()));
    }
    return call.method().startsWith("P") ? BodyPublishers.ofByteArray(new byte[0]) : BodyPublishers.noBody();
  }

  /** Not by HttpRequest.timeout: that ends with the head of the answer, and a body that stalls would hang for ever. */
  private static <T> T await(CompletableFuture<T> answer, Duration within, Call call) {
    try {
      return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(/* mayInterruptIfRunning= */ true);
      throw new NoAnswerException(call + " was not answered within " + within.toSeconds() + " s.", e);
    } catch (ExecutionException e) {
      throw new NoAnswerException(call + " was not answered: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      answer.cancel(/* mayInterruptIfRunning= */ true);
      Thread.currentThread().interrupt();
      throw new NoAnswerException(call + " was interrupted.", e);
    }
  }

  private static byte[] unpacked(HttpResponse<byte[]> response, Call call) {
    if (response.headers().firstValue("Content-Encoding").filter("gzip"::equals).isEmpty()
        || response.body().length == 0) {
      return response.body();
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      byte[] body = in.readNBytes(LARGEST + 1);
      if (body.length > LARGEST) {
        throw new NoAnswerException(call + " was answered with more than " + LARGEST + " bytes.");
      }
      return body;
    } catch (IOException e) {
      throw new NoAnswerException(call + " was answered with a body that is damaged.", e);
    }
  }
}
