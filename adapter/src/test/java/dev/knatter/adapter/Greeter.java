package dev.knatter.adapter;

import java.util.List;
import java.util.Map;

import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

final class Greeter {

  record Greeting(String name, int times) {}

  static Message<?> greet(Message<Greeting> message) {
    Greeting input = message.getPayload();
    String text = "Hello" + (" " + input.name()).repeat(input.times());
    return new GenericMessage<>(Map.of("text", text), Map.of("statusCode", 201));
  }

  static final List<Endpoint<?>> ENDPOINTS = List
    .of(new Endpoint<>(Route.open("POST", "/greetings", "greet", Greeting.class), Greeter::greet));

  public static void main(String[] args) {
    FunctionServer.run(ServerOptions.from(System::getenv), () -> true, ENDPOINTS, () -> {});
  }
}
