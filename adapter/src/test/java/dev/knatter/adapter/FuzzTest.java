package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * Requests with a few bytes changed, at random from a fixed seed: whatever they have become, they are answered without
 * a 5xx, their connection ends, and the server goes on. {@code -Dknatter.soak} tries a hundred times as many, from
 * another seed each time.
 */
final class FuzzTest {
  private static final boolean SOAK = System.getProperty("knatter.soak") != null;
  private static final int ROUNDS = SOAK ? 200_000 : 2_000;
  private static final long SEED = SOAK ? System.nanoTime() : 42;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3}) ");

  private static final List<String> REQUESTS = List.of(
      "GET /notes/caf%C3%A9?limit=5&all=true HTTP/1.1\r\nHost: x\r\nAccept: application/json;q=0.5, */*\r\n\r\n",
      "HEAD /notes/latest HTTP/1.1\r\nHost: [::1]:80\r\nIf-None-Match: \"1\"\r\nConnection: keep-alive\r\n\r\n",
      "OPTIONS /notes HTTP/1.1\r\nHost: x\r\nOrigin: https://a.example\r\nAccess-Control-Request-Method: POST\r\n\r\n",
      "POST /notes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
          + "5;a=b\r\n{\"sta\r\n6\r\nrs\":1}\r\n0\r\nTrailer: x\r\n\r\nGET /headers HTTP/1.1\r\nHost: x\r\n\r\n",
      post("/notes", "Content-Type: application/json; charset=utf-8\r\n",
          "{\"stars\":1,\"title\":\"\\u00e9\\n\",\"tags\":[\"a\"],\"author\":{\"name\":\"Ada\",\"age\":36}}"),
      post("/notes", "Content-Type: application/x-www-form-urlencoded\r\nExpect: 100-continue\r\n",
          "stars=1&title=a+b%20c&weight=0.5"),
      post("/", "Content-Type: application/json\r\nce-specversion: 1.0\r\nce-id: 1\r\nce-source: /c\r\n"
          + "ce-type: t\r\nce-time: 2026-11-21T08:00:00Z\r\nce-subject: %22\r\n", "{\"stars\":1}"),
      post("/", "Content-Type: application/cloudevents+json\r\n",
          "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/c\",\"type\":\"t\",\"data\":{\"stars\":1}}"));

  private static final List<String> PIECES = List.of("\r\n", "\r", "\n", "\u0000", ":", " ", "%", "%00", "\"",
      "\\u", "{", "[", "}",
      "Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", "Host: y\r\n", "-1", "99999999999999999999",
      "1e999",
      "\u00ff", "HTTP/1.0", "/", "//", "?", "&", "=", "null", "0\r\n\r\n");

  @AutoClose
  private static final FunctionServer SERVER = FunctionServer.start(
      Samples.options().withOrigins(List.of("https://a.example")), () -> true,
      List.of(Samples.WRITE, Samples.SEARCH, Samples.LATEST, Samples.PIN, Samples.RENAME, Samples.REMOVE,
          Samples.HEADERS,
          new Endpoint<>(Route.event("event", Samples.Note.class), _ -> Samples.answer(200, ""))));

  @Test
  void mutatedRequests_neverBreakTheServer() throws IOException {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] request = mutate(
          REQUESTS.get(random.nextInt(REQUESTS.size())).getBytes(StandardCharsets.ISO_8859_1), random);
      String answers = answers(request);
      STATUS.matcher(answers)
        .results()
        .forEach(status -> assertThat(Integer.parseInt(status.group(1)))
          .as("seed %d: %s", SEED, new String(request, StandardCharsets.ISO_8859_1))
          .isLessThan(500));
    }
    assertThat(RawHttp.exchange(SERVER.port(), "GET /notes/a HTTP/1.1\nHost: x\n\n").status()).isEqualTo(200);
  }

  @Test
  void unchangedRequests_areAllAnsweredWell() throws IOException {
    for (String request : REQUESTS) {
      List<String> statuses = STATUS.matcher(answers(request.getBytes(StandardCharsets.ISO_8859_1)))
        .results()
        .map(status -> status.group(1))
        .toList();
      assertThat(statuses).as(request)
        .isNotEmpty()
        .allMatch(status -> status.startsWith("2") || status.equals("100"));
    }
  }

  private static String post(String path, String fields, String body) {
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + fields + "Content-Length: " + body.length()
        + "\r\n\r\n" + body;
  }

  /** All that the server sends until it ends the connection, which it does because the client has. */
  private static String answers(byte[] request) throws IOException {
    try (RawHttp http = new RawHttp(SERVER.port())) {
      http.sendBytes(request).shutdownOutput();
      return http.readToEnd();
    } catch (SocketException e) {
      return ""; // it may end a connection while bytes are still on their way
    }
  }

  private static byte[] mutate(byte[] request, Random random) {
    byte[] mutated = request;
    for (int i = 0; i <= random.nextInt(4); i++) {
      int at = random.nextInt(mutated.length + 1);
      int end = Math.min(mutated.length, at + 1 + random.nextInt(12));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(mutated, 0, at);
      switch (random.nextInt(5)) {
        case 0 -> { // a byte changed
          out.write(random.nextInt(256));
          at = Math.min(at + 1, mutated.length);
        }
        case 1 -> at = end; // a stretch left out
        case 2 -> { // a stretch said twice
          out.write(mutated, at, end - at);
        }
        case 3 ->
          out.writeBytes(PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.ISO_8859_1));
        default -> { // the rest left out
          if (random.nextInt(4) == 0) {
            at = mutated.length;
          }
        }
      }
      out.write(mutated, at, mutated.length - at);
      mutated = out.toByteArray();
    }
    return mutated;
  }
}
