package dev.knatter.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

final class FunctionServerTest {

  record Greet(String name, int times) {}

  record Find(String name) {}

  @Test
  void twoFunctions_answerTheirRoutes() throws Exception {
    Endpoint<Greet> greet = new Endpoint<>(Route.open("POST", "/greetings", "greet", Greet.class),
        FunctionServerTest::greet);
    Endpoint<Find> find = new Endpoint<>(Route.open("GET", "/greetings/{name}", "find", Find.class),
        message -> new GenericMessage<>(message.getPayload()));
    ServerOptions options = ServerOptions.from(Map.<String, String>of()::get).withPort(0);
    try (FunctionServer server = FunctionServer.start(options, () -> true, List.of(greet, find))) {
      assertThat(RawHttp.exchange(server.port(), """
          POST /greetings HTTP/1.1
          Host: x
          Content-Type: application/json
          Content-Length: 26

          {"name": "Ada","times": 2}""").body()).isEqualTo("{\"text\":\"Hello Ada Ada\"}");
      assertThat(RawHttp.exchange(server.port(), "GET /greetings/Ad%C3%A4 HTTP/1.1\nHost: x\n\n").body())
        .isEqualTo("{\"name\":\"Adä\"}");
      assertThat(RawHttp.exchange(server.port(), "GET /healthz HTTP/1.1\nHost: x\n\n").status())
        .isEqualTo(200);
    }
  }

  private static Message<?> greet(Message<Greet> message) {
    Greet input = message.getPayload();
    return new GenericMessage<>(Map.of("text", "Hello" + (" " + input.name()).repeat(input.times())),
        Map.of("statusCode", 201));
  }
}
