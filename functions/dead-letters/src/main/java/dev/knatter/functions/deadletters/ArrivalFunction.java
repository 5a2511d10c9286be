package dev.knatter.functions.deadletters;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import dev.knatter.chat.deadletter.DeadLetter;
import dev.knatter.chat.deadletter.DeadLetters;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Stores any event that the broker could not deliver. */
final class ArrivalFunction implements Function<Message<byte[]>, Message<byte[]>> {
  private static final String ATTRIBUTE = "ce-";
  private static final Map<String, Object> ACCEPTED = Map.of("statusCode", 202);

  private final DeadLetters letters;

  ArrivalFunction(DeadLetters letters) {
    this.letters = letters;
  }

  @Override
  public Message<byte[]> apply(Message<byte[]> event) {
    Map<String, String> attributes = new HashMap<>();
    event.getHeaders().forEach((name, value) -> {
      if (name.startsWith(ATTRIBUTE) && value instanceof String text) {
        attributes.put(name.substring(ATTRIBUTE.length()), text);
      }
    });
    letters.arrived(DeadLetter.of(attributes, event.getPayload()));
    return new GenericMessage<>(new byte[0], ACCEPTED);
  }
}
