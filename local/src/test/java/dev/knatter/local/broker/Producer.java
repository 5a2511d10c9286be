package dev.knatter.local.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Sends to a broker, whatever a test wants. */
final class Producer implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI broker;

  Producer(InMemoryBroker broker) {
    this.broker = broker.uri();
  }

  /** An event in binary mode that the broker takes. */
  void send(String type, String id, @Nullable String partitionKey) throws IOException, InterruptedException {
    Map<String, String> fields = event(type, id);
    if (partitionKey != null) {
      fields.put("ce-partitionkey", partitionKey);
    }
    assertThat(post(fields, "{\"text\":\"hi\"}")).isEqualTo(202);
  }

  static Map<String, String> event(String type, String id) {
    return new LinkedHashMap<>(
        Map.of("ce-specversion", "1.0", "ce-type", type, "ce-id", id, "ce-source", "/test",
            "Content-Type", "application/json"));
  }

  int post(Map<String, String> fields, String body) throws IOException, InterruptedException {
    return request("POST", broker, fields, body);
  }

  /** The status of the answer. */
  int request(String method, URI uri, Map<String, String> fields, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri)
      .method(method, HttpRequest.BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8)));
    fields.forEach(request::header);
    return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
