package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.Test;

final class HealthTest {

  @Test
  void readiness_isAskedEveryTime() throws IOException {
    AtomicBoolean ready = new AtomicBoolean();
    try (FunctionServer server = FunctionServer.start(Samples.options(), ready::get, List.of(Samples.WRITE));
        RawHttp http = new RawHttp(server.port())) {
      String get = "GET /healthz HTTP/1.1\nHost: x\nAccept: text/html\n\n";
      RawHttp.Reply reply = http.send(get).read();
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.header("Retry-After")).isEqualTo("1");
      assertThat(reply.body()).isEqualTo("{\"status\":\"not-ready\"}");
      ready.set(true);
      reply = http.send(get).read();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("Content-Type")).isEqualTo("application/json");
      assertThat(reply.body()).isEqualTo("{\"status\":\"ready\"}");
      reply = http.send(get.replace("GET", "HEAD")).readHead();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("Content-Length")).isEqualTo("18");
      assertThat(http.send("GET /healthz?verbose HTTP/1.1\nHost: x\n\n").read().status()).isEqualTo(200);
    }
  }

  @Test
  void notReady_saysWhatIsMissing() throws IOException {
    Readiness readiness = new Readiness(() -> false, () -> Optional.of("the \"till\" is closed"), Map::of);
    try (FunctionServer server = FunctionServer.start(Samples.options(), readiness, _ -> {},
        List.of(Samples.WRITE))) {
      assertThat(RawHttp.exchange(server.port(), "GET /healthz HTTP/1.1\nHost: x\n\n").body())
        .isEqualTo("{\"status\":\"not-ready\",\"reason\":\"the \\\"till\\\" is closed\"}");
    }
  }

  @Test
  void probeThatComesTooEarly_isToldAsSoonAsItIsTrue() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    BooleanSupplier ready = () -> asked.incrementAndGet() > 5;
    try (FunctionServer server = FunctionServer.start(Samples.options(), ready, List.of(Samples.WRITE))) {
      assertThat(RawHttp.exchange(server.port(), "GET /healthz HTTP/1.1\nHost: x\n\n").status())
        .isEqualTo(200);
      assertThat(asked).hasValue(6);
    }
  }

  @Test
  void readinessThatThrows_is500() throws IOException {
    try (FunctionServer server = FunctionServer.start(Samples.options(), () -> {
      throw new IllegalStateException("no");
    }, List.of(Samples.WRITE))) {
      assertThat(RawHttp.exchange(server.port(), "GET /healthz HTTP/1.1\nHost: x\n\n").status())
        .isEqualTo(500);
    }
  }
}
