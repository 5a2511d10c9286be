package dev.knatter.bench.load;

import java.util.List;

/** What is asked for again and again, and what is done alone for comparison. */
enum Scenario {
  SEND("send", "send", 201, Scenario.ANY,
      "one message, durable when answered; the driver writes the same logged batch of four rows"),
  MESSAGES("messages", "messages", 200, Scenario.ANY,
      "a page of 50 that is not in the cache; the driver reads the same page, and the index beside it"),
  CACHED("messages, cached", "messages", 200, Scenario.ANY, "a page of 50 that is asked for again and again"),
  LOGIN("login", "login", 200, 4,
      "a session for a password; the driver does the same statements and scripts"),
  REFRESH("refresh", "refresh", 200, Scenario.ANY,
      "a session's next tokens; the driver does the same read, transaction and script");

  private static final int ANY = Integer.MAX_VALUE;

  private final String title;
  private final String function;
  private final int status;
  private final int most;
  private final String description;

  /** @param most how many requests at once a pod of the function is given, as its YAML says */
  Scenario(String title, String function, int status, int most, String description) {
    this.title = title;
    this.function = function;
    this.status = status;
    this.most = most;
    this.description = description;
  }

  /** @throws IllegalArgumentException with a message for who typed it */
  static Scenario of(String text) {
    for (Scenario scenario : values()) {
      if (scenario.name().equalsIgnoreCase(text)) {
        return scenario;
      }
    }
    throw new IllegalArgumentException("There is no scenario " + text + ".");
  }

  String title() {
    return title;
  }

  String function() {
    return function;
  }

  /** Of a right answer. */
  int status() {
    return status;
  }

  /** No more at once than a pod is given. */
  int atOnce(int wanted) {
    return Math.min(wanted, most);
  }

  String description() {
    return description;
  }

  /** What is done alone for comparison. */
  List<Part> parts() {
    return switch (this) {
      case SEND, MESSAGES -> List.of(Part.STATEMENTS);
      case CACHED -> List.of();
      case LOGIN -> List.of(Part.STATEMENTS, Part.HASH, Part.SIGNATURE);
      case REFRESH -> List.of(Part.STATEMENTS, Part.SIGNATURE);
    };
  }
}
