package dev.knatter.adapter;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** A few small functions, most of which answer with what they were given, so that tests see what arrived. */
final class Samples {

  enum Color {
    RED, GREEN
  }

  record Author(String name, @Nullable Integer age) {}

  record Note(@Nullable String title, int stars, @Nullable Boolean draft, @Nullable Long size,
      @Nullable Double weight, @Nullable Color color, @Nullable UUID id, @Nullable Instant at,
      @Nullable List<String> tags, @Nullable Author author, @Nullable Map<String, String> labels) {}

  record Search(String title, @Nullable Integer limit, @Nullable Boolean all, @Nullable UUID id,
      @Nullable Instant since, @Nullable List<String> tags, @Nullable Author author) {}

  record Title(String title) {}

  record Rename(String title, String to) {}

  record Nothing() {}

  static final Endpoint<Note> WRITE = new Endpoint<>(Route.open("POST", "/notes", "write", Note.class),
      note -> answer(201, note.getPayload()));
  static final Endpoint<Search> SEARCH = new Endpoint<>(
      Route.open("GET", "/notes/{title}", "search", Search.class),
      search -> answer(200, search.getPayload()));
  static final Endpoint<Nothing> LATEST = new Endpoint<>(
      Route.open("GET", "/notes/latest", "latest", Nothing.class),
      _ -> answer(200, Map.of("latest", true)));
  static final Endpoint<Title> PIN = new Endpoint<>(Route.open("PUT", "/notes/{title}", "pin", Title.class),
      title -> answer(200, title.getPayload()));
  static final Endpoint<Rename> RENAME = new Endpoint<>(
      Route.open("PATCH", "/notes/{title}", "rename", Rename.class),
      rename -> answer(200, rename.getPayload()));
  static final Endpoint<Title> REMOVE = new Endpoint<>(
      Route.open("DELETE", "/notes/{title}", "remove", Title.class),
      _ -> answer(204, ""));
  static final Endpoint<Note> SMALL = new Endpoint<>(
      Route.open("POST", "/small", "small", Note.class).maxBody(64),
      note -> answer(200, note.getPayload()));
  static final Endpoint<Nothing> HEADERS = new Endpoint<>(
      Route.open("GET", "/headers", "headers", Nothing.class),
      Samples::headers);

  private Samples() {}

  static ServerOptions options() {
    return ServerOptions.from(_ -> null)
      .withHost("127.0.0.1")
      .withPort(0)
      .withTimeouts(
          new ServerOptions.Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(10),
              Duration.ofSeconds(10)));
  }

  static FunctionServer serve() {
    return serve(options());
  }

  static FunctionServer serve(ServerOptions options) {
    return FunctionServer.start(options, () -> true,
        List.of(WRITE, SEARCH, LATEST, PIN, RENAME, REMOVE, SMALL, HEADERS));
  }

  static Message<?> answer(int status, Object payload) {
    return new GenericMessage<>(payload, Map.of("statusCode", status));
  }

  /** What a body in chunks consists of. */
  static List<byte[]> chunks(byte[] body) {
    List<byte[]> chunks = new ArrayList<>();
    int at = 0;
    while (true) {
      int end = at;
      while (body[end] != '\r') {
        end++;
      }
      int size = Integer.parseInt(new String(body, at, end - at, StandardCharsets.US_ASCII), 16);
      if (size == 0) {
        return chunks;
      }
      chunks.add(Arrays.copyOfRange(body, end + 2, end + 2 + size));
      at = end + 2 + size + 2;
    }
  }

  static byte[] joined(List<byte[]> parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    parts.forEach(whole::writeBytes);
    return whole.toByteArray();
  }

  /** All headers of the message but the two that Spring adds to every one. */
  private static Message<?> headers(Message<Nothing> message) {
    Map<String, Object> headers = new TreeMap<>(message.getHeaders());
    headers.remove("id");
    headers.remove("timestamp");
    headers.computeIfPresent("callerAddress", (_, address) -> ((InetAddress) address).getHostAddress());
    return new GenericMessage<>(headers);
  }
}
