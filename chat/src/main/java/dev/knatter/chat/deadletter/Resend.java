package dev.knatter.chat.deadletter;

import java.io.IOException;
import java.util.Map;

/** Posts an event to the broker. */
@FunctionalInterface
public interface Resend {
  /**
   * Posts an event and returns the status of the answer.
   *
   * @throws IOException if there is no answer in time
   * @throws IllegalArgumentException if the event has an attribute that cannot be posted
   */
  int post(Map<String, String> attributes, byte[] data) throws IOException;
}
