package dev.knatter.bench.load;

/** What a request is made of and can be done alone, again and again, in a JVM like the function's. */
enum Part {
  STATEMENTS(LoadTarget.DRIVER), HASH("Argon2id"), SIGNATURE("RS256");

  private final String title;

  Part(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
