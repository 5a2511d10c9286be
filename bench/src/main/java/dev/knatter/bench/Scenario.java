package dev.knatter.bench;

/** What is asked for again and again, and what the driver alone does for comparison. */
enum Scenario {
  SEND("send", "send",
      "one message, durable when answered; the driver writes the same logged batch of four rows"),
  MESSAGES("messages", "messages",
      "a page of 50 that is not in the cache; the driver reads the same page, and the index beside it"),
  CACHED("messages, cached", "messages", "a page of 50 that is asked for again and again");

  private final String title;
  private final String function;
  private final String description;

  Scenario(String title, String function, String description) {
    this.title = title;
    this.function = function;
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

  String description() {
    return description;
  }

  /** Whether there are statements to compare with. */
  boolean hasRaw() {
    return this != CACHED;
  }
}
