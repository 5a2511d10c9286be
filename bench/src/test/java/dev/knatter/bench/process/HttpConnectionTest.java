package dev.knatter.bench.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HttpConnectionTest {
  private static final String LONG = "page ".repeat(40_000);

  private final List<InetSocketAddress> callers = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/echo", exchange -> {
      callers.add(exchange.getRemoteAddress());
      byte[] body = (exchange.getRequestHeaders().getFirst("Authorization") + " "
          + new String(exchange.getRequestBody().readAllBytes(), UTF_8))
        .getBytes(UTF_8);
      exchange.sendResponseHeaders(201, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.createContext("/long", exchange -> {
      callers.add(exchange.getRemoteAddress());
      exchange.sendResponseHeaders(200, LONG.length());
      exchange.getResponseBody().write(LONG.getBytes(UTF_8));
      exchange.close();
    });
    server.createContext("/chunks", exchange -> {
      exchange.sendResponseHeaders(200, 0);
      for (int at = 0; at < LONG.length(); at += 50_000) {
        exchange.getResponseBody().write(LONG.substring(at, at + 50_000).getBytes(UTF_8));
        exchange.getResponseBody().flush();
      }
      exchange.close();
    });
    server.createContext("/nothing", exchange -> {
      exchange.sendResponseHeaders(204, -1);
      exchange.close();
    });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void exchange_sendsTokenAndBodyAndReadsTheAnswer() throws IOException {
    try (HttpConnection connection = new HttpConnection(server.getAddress().getPort())) {
      int status = connection.exchange(HttpConnection.request("POST /echo", "a.b.c", "{\"ä\":1}"));

      assertThat(status).isEqualTo(201);
      assertThat(connection.body()).isEqualTo("Bearer a.b.c {\"ä\":1}");
    }
  }

  @Test
  void exchange_afterALongAnswer_usesTheSameConnection() throws IOException {
    try (HttpConnection connection = new HttpConnection(server.getAddress().getPort())) {
      assertThat(connection.exchange(HttpConnection.request("GET /long", "", ""))).isEqualTo(200);
      assertThat(connection.body()).isEqualTo(LONG);

      assertThat(connection.exchange(HttpConnection.request("POST /echo", "", "x"))).isEqualTo(201);
    }
    assertThat(callers).hasSize(2);
    assertThat(callers.getFirst()).isEqualTo(callers.getLast());
  }

  @Test
  void exchange_answeredInChunks_putsThemTogether() throws IOException {
    try (HttpConnection connection = new HttpConnection(server.getAddress().getPort())) {
      assertThat(connection.exchange(HttpConnection.request("GET /chunks", "", ""))).isEqualTo(200);
      assertThat(connection.body()).isEqualTo(LONG);

      assertThat(connection.exchange(HttpConnection.request("POST /echo", "", "x"))).isEqualTo(201);
    }
  }

  @Test
  void exchange_answeredWithoutContent_waitsForNone() throws IOException {
    try (HttpConnection connection = new HttpConnection(server.getAddress().getPort())) {
      assertThat(connection.exchange(HttpConnection.request("GET /nothing", "", ""))).isEqualTo(204);
      assertThat(connection.body()).isEmpty();

      assertThat(connection.exchange(HttpConnection.request("POST /echo", "", "x"))).isEqualTo(201);
    }
  }
}
