package dev.knatter.bench.growth;

/** What is asked for while everything around it grows. */
enum GrowthScenario {
  INBOX("messages",
      "the newest five of an inbox, which no cache holds, of 200 people who have all the messages", 200),
  SEND("send", "a message between two of the same 200 people", 201),
  SEND_TO_ANYBODY("send to anybody", "a message of one of 200 people to any of all users", 201);

  private final String title;
  private final String description;
  private final int expected;

  GrowthScenario(String title, String description, int expected) {
    this.title = title;
    this.description = description;
    this.expected = expected;
  }

  String title() {
    return title;
  }

  String description() {
    return description;
  }

  /** The status of a right answer. */
  int expected() {
    return expected;
  }
}
