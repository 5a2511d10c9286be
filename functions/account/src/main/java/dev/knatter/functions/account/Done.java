package dev.knatter.functions.account;

import java.util.Map;

import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** The answer to what leaves nothing to say. */
final class Done {
  static final Message<String> MESSAGE = new GenericMessage<>("", Map.of("statusCode", 204));

  private Done() {}
}
