package dev.knatter.chat.conversation;

import java.util.Optional;
import java.util.stream.Stream;

/** What of a group's past a new member sees. A group has the policy of its creation for ever. */
public enum HistoryPolicy {
  /** Every message. */
  ALL("all"),
  /** The messages since the member joined, by the times of the messages. */
  SINCE_JOINING("since-joining");

  private final String text;

  HistoryPolicy(String text) {
    this.text = text;
  }

  /** The policy in the API and in the tables. */
  public String text() {
    return text;
  }

  /** The policy of a text; empty for any other text. */
  public static Optional<HistoryPolicy> of(String text) {
    return Stream.of(values()).filter(policy -> policy.text.equals(text)).findFirst();
  }
}
