package dev.knatter.adapter.event;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;

/** Sends CloudEvents over HTTP, in binary mode (CloudEvents HTTP binding 1.0 §3.1). Follows no redirects. */
public final class EventSender implements AutoCloseable {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String CONTENT_TYPE = "datacontenttype";

  private final HttpClient client;
  private final Duration timeout;

  /** @param timeout for a whole exchange */
  public EventSender(Duration timeout) {
    this.timeout = timeout;
    this.client = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(timeout)
      .followRedirects(HttpClient.Redirect.NEVER)
      .build();
  }

  /**
   * Sends an event and waits for the answer.
   *
   * @throws IOException when there is none in time
   */
  public HttpResponse<byte[]> send(URI sink, Event event) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(sink)
      .timeout(timeout)
      .POST(HttpRequest.BodyPublishers.ofByteArray(event.data()));
    event.attributes().forEach((name, value) -> {
      if (name.equals(CONTENT_TYPE)) {
        request.header("Content-Type", value);
      } else {
        request.header("ce-" + name, encode(value));
      }
    });
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** §3.1.3.2: what is not printable ASCII, space, quotation mark and percent sign are percent-encoded. */
  static String encode(String value) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
      if (octet > ' ' && octet < 0x7f && octet != '"' && octet != '%') {
        encoded.append((char) octet);
      } else {
        HEX.toHexDigits(encoded.append('%'), octet);
      }
    }
    return encoded.toString();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
