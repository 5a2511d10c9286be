package dev.knatter.bench.setup;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Answers that have messages: to a send, the message as it is stored; to a read, a page. */
public final class MessageAnswer {
  private static final Pattern ID = Pattern.compile("[{,]\"id\":\"([0-9a-f-]{36})\"");

  private MessageAnswer() {}

  /** The ids of all messages. */
  public static Stream<String> ids(String answer) {
    return ID.matcher(answer).results().map(id -> id.group(1));
  }

  /** The id of the message that was sent. */
  public static String id(String answer) {
    return ids(answer).findFirst().orElseThrow(() -> new IllegalStateException("No message: " + answer));
  }
}
