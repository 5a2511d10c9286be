package dev.knatter.guard;

import java.util.Map;

import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** The answer 204 without a body. */
public final class NoContent {
  public static final Message<String> MESSAGE = new GenericMessage<>("", Map.of("statusCode", 204));

  private NoContent() {}
}
